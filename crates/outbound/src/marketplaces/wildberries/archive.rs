//! The one file of a ZIP archive, unpacked while it is read. A text that is no archive is taken as it is.
//!
//! What comes is not trusted: every place is looked up within what there is, and no more is unpacked than a report has.

use flate2::read::DeflateDecoder;
use std::io::{BufReader, Cursor, Read, Seek, SeekFrom, Take};

/// A report of a million sizes over three months has less.
const LONGEST: u64 = 4 << 30;

/// A file's text.
pub(super) type Text = BufReader<Take<Box<dyn Read + Send + Sync>>>;

/// The signatures of an archive's parts.
const END: &[u8] = b"PK\x05\x06";
const ENTRY: &[u8] = b"PK\x01\x02";
const FILE: &[u8] = b"PK\x03\x04";

/// The first file that holds something.
pub(super) fn open(archive: Vec<u8>) -> Result<Text, &'static str> {
    if !archive.starts_with(b"PK") {
        return Ok(text(Box::new(Cursor::new(archive))));
    }
    let file = find(&archive).ok_or("the archive is damaged")?;
    let mut packed = Cursor::new(archive);
    packed.seek(SeekFrom::Start(file.from)).map_err(|_| "the archive is damaged")?;
    let packed = packed.take(file.length);
    match file.method {
        0 => Ok(text(Box::new(packed))),
        8 => Ok(text(Box::new(DeflateDecoder::new(packed)))),
        _ => Err("the archive is packed in a way that is not known"),
    }
}

fn text(reader: Box<dyn Read + Send + Sync>) -> Text {
    BufReader::new(reader.take(LONGEST))
}

struct File {
    from: u64,
    length: u64,
    method: u16,
}

/// Looks it up in the directory at the end: a file's own head may leave its length open.
fn find(archive: &[u8]) -> Option<File> {
    let last = archive.len().checked_sub(22)?;
    // Behind the directory's end there may be a remark of at most 64 KB.
    let end = (last.saturating_sub(1 << 16)..=last).rev().find(|at| part(archive, *at, END))?;
    let entries = number(archive, end + 10, 2)?;
    let mut at = usize::try_from(number(archive, end + 16, 4)?).ok()?;
    for _ in 0..entries {
        if !part(archive, at, ENTRY) {
            return None;
        }
        let method = u16::try_from(number(archive, at + 10, 2)?).ok()?;
        let length = number(archive, at + 20, 4)?;
        let lengths = [28, 30, 32].map(|field| number(archive, at + field, 2));
        let [name, extra, remark] = lengths;
        if length > 0 {
            let head = usize::try_from(number(archive, at + 42, 4)?).ok()?;
            if !part(archive, head, FILE) {
                return None;
            }
            let skipped = number(archive, head + 26, 2)? + number(archive, head + 28, 2)?;
            let from = u64::try_from(head).ok()? + 30 + skipped;
            let all = u64::try_from(archive.len()).ok()?;
            return (from.checked_add(length)? <= all).then_some(File { from, length, method });
        }
        at += 46 + usize::try_from(name? + extra? + remark?).ok()?;
    }
    None
}

fn part(archive: &[u8], at: usize, signature: &[u8]) -> bool {
    archive.get(at..).is_some_and(|rest| rest.starts_with(signature))
}

/// A number of a few bytes, the lowest first.
fn number(archive: &[u8], at: usize, bytes: usize) -> Option<u64> {
    let digits = archive.get(at..at.checked_add(bytes)?)?;
    Some(digits.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::DeflateEncoder};
    use proptest::prelude::*;
    use std::io::Write;

    fn stored(content: &[u8]) -> Vec<u8> {
        holding(content, 0)
    }

    fn packed(content: &[u8]) -> Vec<u8> {
        let mut packer = DeflateEncoder::new(Vec::new(), Compression::default());
        packer.write_all(content).unwrap();
        holding(&packer.finish().unwrap(), 8)
    }

    /// An archive of one file; what it says of the unpacked length, nobody reads.
    fn holding(content: &[u8], method: u8) -> Vec<u8> {
        let length = u32::try_from(content.len()).unwrap().to_le_bytes();
        let mut about = [20, 0, 0, 0, method, 0, 0, 0, 0, 0, 0, 0, 0, 0].to_vec();
        about.extend(length);
        about.extend(length);
        about.extend([5, 0, 0, 0]);
        let mut archive = FILE.to_vec();
        archive.extend(&about);
        archive.extend(b"a.csv");
        archive.extend(content);
        let directory = u32::try_from(archive.len()).unwrap();
        archive.extend(ENTRY);
        archive.extend([20, 0]);
        archive.extend(&about);
        archive.extend([0; 14]);
        archive.extend(b"a.csv");
        archive.extend(END);
        archive.extend([0, 0, 0, 0, 1, 0, 1, 0, 51, 0, 0, 0]);
        archive.extend(directory.to_le_bytes());
        archive.extend([0, 0]);
        archive
    }

    fn read(archive: Vec<u8>) -> Result<String, &'static str> {
        let mut text = String::new();
        open(archive)?.read_to_string(&mut text).map_err(|_| "unreadable")?;
        Ok(text)
    }

    #[test]
    fn a_packed_file_is_unpacked() {
        let csv = "a,b\n1,2\n".repeat(10_000);
        let archive = packed(csv.as_bytes());
        assert!(archive.len() < 1000);
        assert_eq!(read(archive).unwrap(), csv);
    }

    #[test]
    fn a_stored_file_and_a_plain_text_are_read() {
        assert_eq!(read(stored(b"a,b\n1,2\n")).unwrap(), "a,b\n1,2\n");
        assert_eq!(read(b"a,b\n1,2\n".to_vec()).unwrap(), "a,b\n1,2\n");
    }

    #[test]
    fn what_is_cut_off_is_damaged() {
        let whole = stored(b"a,b\n1,2\n");
        for length in 2..whole.len() {
            assert!(read(whole[..length].to_vec()).is_err(), "{length}");
        }
    }

    proptest! {
        #[test]
        fn nothing_that_comes_breaks_it(mut bytes in prop::collection::vec(any::<u8>(), 0..400), place in 0_usize..200) {
            let mut archive = stored(&bytes);
            bytes.truncate(20);
            for (at, byte) in bytes.iter().enumerate() {
                let length = archive.len();
                archive[(place + at * 7) % length] ^= byte;
            }
            let _ = read(archive);
        }
    }
}
