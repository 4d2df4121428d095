//! Precompressed twins (`.br`, `.gz`) beside every file that gains by them.
//! Kept by content, because the best compression takes seconds a file.

use std::{
    collections::BTreeSet,
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use brotli::enc::{BrotliEncoderParams, backward_references::BrotliEncoderMode};
use flate2::{Compression, write::GzEncoder};

use super::Effort;
use crate::files::{self, Tree, short_hash};

/// Formats that are not compressed already.
const TEXTUAL: [&str; 8] = ["wasm", "js", "css", "svg", "txt", "json", "ico", "webmanifest"];

/// Below this a twin saves less than its header costs.
const WORTHWHILE: usize = 512;

/// The twins of a tree's files.
pub fn twins(cache: &Path, effort: Effort, tree: &Tree) -> Result<Tree> {
    fs::create_dir_all(cache).context("create the cache of twins")?;
    let mut made = Tree::new();
    let mut used = BTreeSet::new();
    for (name, bytes) in tree {
        let textual = name.rsplit_once('.').is_some_and(|(_, end)| TEXTUAL.contains(&end));
        if !textual || bytes.len() < WORTHWHILE {
            continue;
        }
        for kind in [Kind::Brotli, Kind::Gzip] {
            let kept = cache.join(kind.cache_name(bytes, effort));
            let twin = match fs::read(&kept) {
                Ok(twin) => twin,
                Err(_) => kind.compress_into(&kept, bytes, effort)?,
            };
            made.insert(format!("{name}.{}", kind.ending()), twin);
            used.insert(kept);
        }
    }
    forget_others(cache, effort, &used)?;
    Ok(made)
}

#[derive(Clone, Copy)]
enum Kind {
    Brotli,
    Gzip,
}

impl Kind {
    fn ending(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gz",
        }
    }

    fn cache_name(self, bytes: &[u8], effort: Effort) -> String {
        format!("{}.{}.{}", short_hash(bytes), effort.profile(), self.ending())
    }

    fn compress_into(self, kept: &Path, bytes: &[u8], effort: Effort) -> Result<Vec<u8>> {
        let twin = match self {
            Self::Brotli => brotli(bytes, effort),
            Self::Gzip => gzip(bytes, effort),
        }
        .context("compress a file")?;
        fs::write(kept, &twin).with_context(|| format!("keep {}", kept.display()))?;
        Ok(twin)
    }
}

fn brotli(bytes: &[u8], effort: Effort) -> std::io::Result<Vec<u8>> {
    let parameters = BrotliEncoderParams {
        quality: if effort == Effort::Full { 11 } else { 5 },
        lgwin: 22,
        size_hint: bytes.len(),
        mode: BrotliEncoderMode::BROTLI_MODE_GENERIC,
        ..BrotliEncoderParams::default()
    };
    let mut twin = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut twin, &parameters)?;
    Ok(twin)
}

fn gzip(bytes: &[u8], effort: Effort) -> std::io::Result<Vec<u8>> {
    let level = if effort == Effort::Full { Compression::best() } else { Compression::fast() };
    let mut encoder = GzEncoder::new(Vec::new(), level);
    encoder.write_all(bytes)?;
    encoder.finish()
}

/// Twins of files that are gone; those of the other effort stay.
fn forget_others(cache: &Path, effort: Effort, used: &BTreeSet<PathBuf>) -> Result<()> {
    for path in files::list(cache)? {
        if path.to_string_lossy().contains(effort.profile()) && !used.contains(&path) {
            fs::remove_file(&path).with_context(|| format!("remove {}", path.display()))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twins_unpack_to_the_file_and_small_files_have_none() {
        let cache = tempfile::tempdir().unwrap();
        let text = b"body { color: red } ".repeat(100);
        let tree = Tree::from([
            ("pkg/a.css".to_owned(), text.clone()),
            ("b.txt".to_owned(), b"short".to_vec()),
            ("c.woff2".to_owned(), text.clone()),
        ]);
        let made = twins(cache.path(), Effort::Swift, &tree).unwrap();
        assert_eq!(made.keys().collect::<Vec<_>>(), ["pkg/a.css.br", "pkg/a.css.gz"]);
        let mut unpacked = Vec::new();
        brotli::BrotliDecompress(&mut made["pkg/a.css.br"].as_slice(), &mut unpacked).unwrap();
        assert_eq!(unpacked, text);
        assert_eq!(twins(cache.path(), Effort::Swift, &tree).unwrap(), made);
    }
}
