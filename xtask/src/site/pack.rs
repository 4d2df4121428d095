//! One file for the many small chunks. The splitter makes a chunk for every set
//! of pages that share something, most of them of a few hundred bytes: a page
//! would ask for dozens. Together they are one request and compress better.
//!
//! The file is the modules one after another; the loader cuts them apart. It
//! ends in `.wasm` so that it is preloaded and served like the modules in it.

use std::{collections::BTreeMap, fmt::Write};

use anyhow::{Result, bail};

use crate::files::{Tree, short_hash};

/// Chunks below this many bytes go into the pack.
const SMALL: usize = 8 * 1024;

/// The packed chunks: name and bytes of the file, and the stems that are in it.
pub struct Pack {
    pub stem: String,
    pub bytes: Vec<u8>,
    pub members: Vec<String>,
}

/// Takes the small chunks out of the tree and teaches the loader where they are.
pub fn pack(chunks: &mut Tree, loader: &mut String) -> Result<Option<Pack>> {
    let small: Vec<String> = chunks
        .iter()
        .filter(|(name, bytes)| name.starts_with("chunk_") && bytes.len() < SMALL)
        .map(|(name, _)| name.clone())
        .collect();
    if small.len() < 2 {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    let mut places = BTreeMap::new();
    for name in small {
        let Some(chunk) = chunks.remove(&name) else { continue };
        places.insert(name, (bytes.len(), chunk.len()));
        bytes.extend(chunk);
    }
    let stem = format!("shared.{}", short_hash(&bytes));
    for (name, (start, length)) in &places {
        let fetched = format!("fetch(new URL(\"./{name}\", import.meta.url))");
        if !loader.contains(&fetched) {
            bail!("the loader no longer fetches {name}: xtask's site::pack has to follow");
        }
        *loader = loader.replace(&fetched, &format!("packed({start}, {length})"));
    }
    write!(loader, "{}", cutter(&stem))?;
    let members =
        places.into_keys().map(|name| name.trim_end_matches(".wasm").to_owned()).collect();
    Ok(Some(Pack { stem, bytes, members }))
}

/// Fetches the pack once and answers a piece of it as if it had been fetched. A
/// failed fetch is forgotten, so that the next page tries again.
fn cutter(stem: &str) -> String {
    format!(
        r#"
let pack;
async function packed(start, length) {{
    pack ??= fetch(new URL("./{stem}.wasm", import.meta.url)).then((answer) => {{
        if (!answer.ok) throw new Error(`${{answer.url}}: ${{answer.status}}`);
        return answer.arrayBuffer();
    }});
    try {{
        const piece = new Uint8Array(await pack, start, length);
        return new Response(piece, {{ headers: {{ "Content-Type": "application/wasm" }} }});
    }} catch (error) {{
        pack = undefined;
        throw error;
    }}
}}
"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(names: &[(&str, usize)]) -> Tree {
        names.iter().map(|(name, size)| ((*name).to_owned(), vec![7; *size])).collect()
    }

    #[test]
    fn small_chunks_are_cut_from_one_file_and_pages_stay() {
        let mut chunks = tree(&[
            ("chunk_1.wasm", 3),
            ("chunk_2.wasm", 4),
            ("chunk_3.wasm", SMALL),
            ("split_a.wasm", 5),
        ]);
        let mut loader = ["chunk_1", "chunk_2", "chunk_3"]
            .map(|stem| format!("fetch(new URL(\"./{stem}.wasm\", import.meta.url));"))
            .concat();
        let pack = pack(&mut chunks, &mut loader).unwrap().unwrap();
        assert_eq!(pack.bytes.len(), 7);
        assert_eq!(pack.members, ["chunk_1", "chunk_2"]);
        assert_eq!(chunks.keys().collect::<Vec<_>>(), ["chunk_3.wasm", "split_a.wasm"]);
        assert!(loader.starts_with("packed(0, 3);packed(3, 4);fetch("));
        assert!(loader.contains(&pack.stem));
    }

    #[test]
    fn a_loader_that_fetches_otherwise_is_an_error() {
        let mut chunks = tree(&[("chunk_1.wasm", 3), ("chunk_2.wasm", 4)]);
        assert!(pack(&mut chunks, &mut String::from("import(x)")).is_err());
    }
}
