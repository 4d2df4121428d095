//! WebAssembly's custom sections: those that only describe the module to
//! people and linkers are cut out. Code and data are never touched.

use anyhow::{Context, Result, bail};

const HEADER: usize = 8;

/// The module without names, relocations and other descriptions.
pub fn without_descriptions(module: &[u8]) -> Result<Vec<u8>> {
    if module.get(..4) != Some(b"\0asm".as_slice()) {
        bail!("not a WebAssembly module");
    }
    let mut slim = module.get(..HEADER).context("a module without a header")?.to_vec();
    let mut at = HEADER;
    while let Some(kind) = module.get(at) {
        let (length, start) = number(module, at + 1)?;
        let end = start.checked_add(length).filter(|end| *end <= module.len());
        let end = end.context("a section longer than its module")?;
        if *kind != 0 || !is_description(&module[start..end])? {
            slim.extend_from_slice(&module[at..end]);
        }
        at = end;
    }
    Ok(slim)
}

fn is_description(custom: &[u8]) -> Result<bool> {
    let (length, start) = number(custom, 0)?;
    let name = custom.get(start..start + length).context("a section's name is cut off")?;
    let name = String::from_utf8_lossy(name);
    let described = ["name", "producers", "linking", "__wasm_split_unstable"];
    Ok(described.contains(&&*name) || name.starts_with("reloc.") || name.starts_with(".debug_"))
}

/// An unsigned LEB128 number, and where the next thing starts.
fn number(bytes: &[u8], mut at: usize) -> Result<(usize, usize)> {
    let mut value = 0_usize;
    for shift in (0..35).step_by(7) {
        let byte = *bytes.get(at).context("a number is cut off")?;
        at += 1;
        value |= usize::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Ok((value, at));
        }
    }
    bail!("a number longer than 32 bits")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn module(sections: &[&[u8]]) -> Vec<u8> {
        let mut bytes = b"\0asm\x01\0\0\0".to_vec();
        bytes.extend(sections.concat());
        bytes
    }

    #[test]
    fn names_go_and_features_and_code_stay() {
        let name: &[u8] = b"\x00\x06\x04name\x00";
        let features: &[u8] = b"\x00\x11\x0ftarget_features\x00";
        let code: &[u8] = b"\x0a\x01\x00";
        let slim = without_descriptions(&module(&[name, features, code])).unwrap();
        assert_eq!(slim, module(&[features, code]));
    }

    #[test]
    fn a_cut_module_is_refused() {
        assert!(without_descriptions(&module(&[b"\x0a\x05\x00"])).is_err());
        assert!(without_descriptions(b"<html>").is_err());
    }
}
