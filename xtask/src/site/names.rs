//! Names with hashes: everything under `pkg/` may be kept by a browser for
//! ever, because other bytes have another name. References inside the scripts
//! are rewritten; modules refer to nothing by name.
//!
//! The glue and the loader import each other, so they share one hash, of both.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};

use super::{
    manifest::{Manifest, Split},
    pack, script,
    split::LOADER,
};
use crate::{
    files::{Tree, short_hash},
    workspace::NAME,
};

/// What splitting and binding left in a folder.
pub struct Raw {
    pub files: Tree,
    /// For each lazy function the file stems of the modules that it needs.
    pub chunks: BTreeMap<String, Vec<String>>,
}

/// The same with its final names, relative to the site's root.
pub struct Named {
    pub files: Tree,
    pub manifest: Manifest,
}

/// A file's name with the hash of its bytes.
pub fn hashed(stem: &str, ending: &str, bytes: &[u8]) -> String {
    format!("{stem}.{}.{ending}", short_hash(bytes))
}

/// Whether a file is WebAssembly; all names here are our own.
pub fn is_module(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| ending == "wasm")
}

/// Names everything and rewrites the references.
pub fn name(raw: Raw) -> Result<Named> {
    let mut rest = raw.files;
    let mut files = Tree::new();
    let module = rest.remove(&format!("{NAME}_bg.wasm")).context("no module from wasm-bindgen")?;
    let wasm = hashed(NAME, "wasm", &module);
    files.insert(format!("pkg/{wasm}"), module);

    let mut glue = text(rest.remove(&format!("{NAME}.js")).context("no glue from wasm-bindgen")?)?;
    let mut loader = rest.remove(LOADER).map(text).transpose()?;

    let stems = match &mut loader {
        Some(loader) => name_chunks(&mut rest, &mut files, loader)?,
        None => BTreeMap::new(),
    };
    name_snippets(rest, &mut files, &mut glue)?;
    glue = script::slim(&glue);
    loader = loader.map(|loader| script::loader(&loader));

    let shared = short_hash(format!("{glue}{}", loader.as_deref().unwrap_or_default()).as_bytes());
    let js = format!("{NAME}.{shared}.js");
    let mut loader_name = None;
    if let Some(loader) = loader.filter(|_| !raw.chunks.is_empty()) {
        let name = format!("split.{shared}.js");
        glue = replace_import(&glue, &format!("./{LOADER}"), &format!("./{name}"))?;
        let loader = replace_import(&loader, &format!("./{NAME}.js"), &format!("./{js}"))?;
        files.insert(format!("pkg/{name}"), loader.into_bytes());
        loader_name = Some(name);
    }
    files.insert(format!("pkg/{js}"), glue.into_bytes());

    let start_script = start_script(&js, &wasm).into_bytes();
    let start = hashed("pkg/start", "js", &start_script);
    files.insert(start.clone(), start_script);

    let chunks = raw
        .chunks
        .into_iter()
        .map(|(function, needs)| {
            let mut named: Vec<String> = Vec::new();
            for stem in needs {
                let new = stems.get(&stem).cloned().unwrap_or(stem);
                if !named.contains(&new) {
                    named.push(new);
                }
            }
            (function, named)
        })
        .collect();
    let split = Split { loader: loader_name, chunks };
    let manifest =
        Manifest { css: None, start, js: format!("pkg/{js}"), wasm: format!("pkg/{wasm}"), split };
    Ok(Named { files, manifest })
}

/// The only script a page names. A file, not a line in the page, so that the
/// page needs neither a nonce for it nor the names of what it loads.
///
/// What the server rendered can be read and used without any of this, so it is
/// painted first. A page in the background is never painted: it does not wait.
fn start_script(js: &str, wasm: &str) -> String {
    format!(
        "if (!document.hidden) {{\n\
         await new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)));\n\
         }}\n\
         const module = fetch(new URL(\"./{wasm}\", import.meta.url));\n\
         const {{ default: init, hydrate }} = await import(\"./{js}\");\n\
         await init({{ module_or_path: module }});\n\
         hydrate();\n"
    )
}

/// Moves the chunks to their names; answers old stem to new stem.
fn name_chunks(
    rest: &mut Tree,
    files: &mut Tree,
    loader: &mut String,
) -> Result<BTreeMap<String, String>> {
    let mut stems = BTreeMap::new();
    if let Some(pack) = pack::pack(rest, loader)? {
        stems.extend(pack.members.into_iter().map(|member| (member, pack.stem.clone())));
        files.insert(format!("pkg/{}.wasm", pack.stem), pack.bytes);
    }
    for old in rest.keys().filter(|name| is_module(name)).cloned().collect::<Vec<_>>() {
        let (Some(bytes), Some(stem)) = (rest.remove(&old), old.strip_suffix(".wasm")) else {
            continue;
        };
        let new = format!("{stem}.{}", short_hash(&bytes));
        *loader = loader.replace(&format!("\"./{old}\""), &format!("\"./{new}.wasm\""));
        files.insert(format!("pkg/{new}.wasm"), bytes);
        stems.insert(stem.to_owned(), new);
    }
    Ok(stems)
}

/// Scripts that dependencies bring along go to a folder named by all of them.
fn name_snippets(rest: Tree, files: &mut Tree, glue: &mut String) -> Result<()> {
    if rest.is_empty() {
        return Ok(());
    }
    if let Some(stranger) = rest.keys().find(|name| !name.starts_with("snippets/")) {
        bail!("wasm-bindgen made a file that has no place yet: {stranger}");
    }
    let all: Vec<u8> = rest.values().flatten().copied().collect();
    let folder = format!("snippets.{}", short_hash(&all));
    *glue = glue.replace("'./snippets/", &format!("'./{folder}/"));
    *glue = glue.replace("\"./snippets/", &format!("\"./{folder}/"));
    for (name, bytes) in rest {
        files.insert(name.replacen("snippets", &format!("pkg/{folder}"), 1), bytes);
    }
    Ok(())
}

/// Rewrites the path of `from "./x.js"`, in either kind of quotes. Other places
/// keep the old name: it is also the key of the module's imports.
fn replace_import(script: &str, old: &str, new: &str) -> Result<String> {
    let changed = script
        .replace(&format!("from \"{old}\""), &format!("from \"{new}\""))
        .replace(&format!("from '{old}'"), &format!("from '{new}'"));
    if changed == script {
        bail!("the script no longer imports {old}: xtask's site::names has to follow");
    }
    Ok(changed)
}

fn text(bytes: Vec<u8>) -> Result<String> {
    String::from_utf8(bytes).context("a script that is not UTF-8")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw() -> Raw {
        let files = [
            ("stock-tracker.js", "import * as s from \"./split.js\"\nimports[\"./split.js\"] = s;"),
            ("stock-tracker_bg.wasm", "main"),
            (
                "split.js",
                "import { initSync } from \"./stock-tracker.js\"; fetch(\"./split_a.wasm\")",
            ),
            ("split_a.wasm", "chunk"),
        ];
        Raw {
            files: files.map(|(name, text)| (name.to_owned(), text.into())).into(),
            chunks: BTreeMap::from([("a".to_owned(), vec!["split_a".to_owned()])]),
        }
    }

    #[test]
    fn references_follow_the_names() {
        let named = name(raw()).unwrap();
        let manifest = &named.manifest;
        let loader = manifest.split.loader.clone().unwrap();
        let glue = String::from_utf8(named.files[&manifest.js].clone()).unwrap();
        assert!(glue.contains(&format!("from \"./{loader}\"")));
        assert!(glue.contains("imports[\"./split.js\"]"), "the module's own key stays");
        let loader = String::from_utf8(named.files[&format!("pkg/{loader}")].clone()).unwrap();
        let chunk = &manifest.split.chunks["a"][0];
        assert!(loader.contains(&format!("\"./{chunk}.wasm\"")));
        assert!(loader.contains(manifest.js.trim_start_matches("pkg/")));
        assert!(named.files.contains_key(&format!("pkg/{chunk}.wasm")));
    }

    #[test]
    fn other_bytes_have_another_name_everywhere() {
        let mut changed = raw();
        changed.files.insert("split_a.wasm".to_owned(), b"other".to_vec());
        let (before, after) = (name(raw()).unwrap().manifest, name(changed).unwrap().manifest);
        assert_ne!(before.js, after.js);
        assert_ne!(before.start, after.start);
        assert_eq!(before.wasm, after.wasm);
    }
}
