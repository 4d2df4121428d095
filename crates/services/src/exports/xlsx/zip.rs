//! A ZIP archive that is written from front to back: each part's size and checksum follow it, the directory comes last.

use flate2::{Compression, Crc, write::DeflateEncoder};
use std::io::{self, Write};

/// Version 2.0 of the format: deflate; 4.5 has the large directory.
const DEFLATE: u16 = 20;
const LARGE: u16 = 45;
/// Sizes follow the part; names are UTF-8.
const FLAGS: u16 = 0x0808;
/// 1980-01-01: an archive of the same rows is the same bytes.
const DATE: u16 = 0x0021;
const LARGEST: u64 = 0xffff_ffff;

struct Entry {
    name: String,
    offset: u64,
    crc: u32,
    packed: u64,
    size: u64,
}

/// An archive. Parts are below 4 GiB each; the whole may be larger.
pub(super) struct Zip {
    done: Vec<u8>,
    offset: u64,
    entries: Vec<Entry>,
    part: Option<(DeflateEncoder<Vec<u8>>, Crc)>,
}

impl Zip {
    pub(super) fn new() -> Self {
        Self { done: Vec::new(), offset: 0, entries: Vec::new(), part: None }
    }

    /// Begins a part.
    pub(super) fn begin(&mut self, name: &str) -> io::Result<()> {
        self.end()?;
        let (name, offset) = (name.to_owned(), self.offset);
        let mut head = Vec::with_capacity(64);
        head.extend(b"PK\x03\x04");
        for field in [DEFLATE, FLAGS, 8, 0, DATE] {
            head.extend(field.to_le_bytes());
        }
        head.extend([0; 12]);
        head.extend(length(&name).to_le_bytes());
        head.extend([0; 2]);
        head.extend(name.as_bytes());
        self.push(&head);
        self.entries.push(Entry { name, offset, crc: 0, packed: 0, size: 0 });
        // The fastest: rows are alike, more effort gains a few per cent.
        self.part = Some((DeflateEncoder::new(Vec::new(), Compression::fast()), Crc::new()));
        Ok(())
    }

    /// Adds to the part.
    pub(super) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let Some((encoder, crc)) = &mut self.part else { return Ok(()) };
        encoder.write_all(bytes)?;
        crc.update(bytes);
        let packed = std::mem::take(encoder.get_mut());
        self.packed(&packed, bytes.len());
        Ok(())
    }

    /// Ends the part, if there is one.
    pub(super) fn end(&mut self) -> io::Result<()> {
        let Some((encoder, crc)) = self.part.take() else { return Ok(()) };
        let packed = encoder.finish()?;
        self.packed(&packed, 0);
        let Some(entry) = self.entries.last_mut() else { return Ok(()) };
        entry.crc = crc.sum();
        let mut tail = Vec::with_capacity(16);
        tail.extend(b"PK\x07\x08");
        for field in [entry.crc, small(entry.packed), small(entry.size)] {
            tail.extend(field.to_le_bytes());
        }
        self.push(&tail);
        Ok(())
    }

    /// What is written so far.
    pub(super) fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.done)
    }

    /// Writes the directory; what is left of the archive.
    pub(super) fn finish(mut self) -> io::Result<Vec<u8>> {
        self.end()?;
        let (begin, mut directory) = (self.offset, Vec::new());
        for entry in &self.entries {
            let is_far = entry.offset >= LARGEST;
            directory.extend(b"PK\x01\x02");
            let version = if is_far { LARGE } else { DEFLATE };
            for field in [version, version, FLAGS, 8, 0, DATE] {
                directory.extend(field.to_le_bytes());
            }
            for field in [entry.crc, small(entry.packed), small(entry.size)] {
                directory.extend(field.to_le_bytes());
            }
            directory.extend(length(&entry.name).to_le_bytes());
            directory.extend((if is_far { 12_u16 } else { 0 }).to_le_bytes());
            directory.extend([0; 10]);
            directory.extend(small(entry.offset).to_le_bytes());
            directory.extend(entry.name.as_bytes());
            if is_far {
                directory.extend([1, 0, 8, 0]);
                directory.extend(entry.offset.to_le_bytes());
            }
        }
        let (count, size) = (self.entries.len() as u64, directory.len() as u64);
        self.push(&directory);
        let end = self.offset;
        let mut tail = Vec::with_capacity(98);
        if begin >= LARGEST {
            tail.extend(b"PK\x06\x06");
            tail.extend(44_u64.to_le_bytes());
            tail.extend([LARGE.to_le_bytes(), LARGE.to_le_bytes()].concat());
            tail.extend([0; 8]);
            for field in [count, count, size, begin] {
                tail.extend(field.to_le_bytes());
            }
            tail.extend(b"PK\x06\x07\0\0\0\0");
            tail.extend(end.to_le_bytes());
            tail.extend(1_u32.to_le_bytes());
        }
        let count = u16::try_from(count).unwrap_or(u16::MAX);
        tail.extend(b"PK\x05\x06\0\0\0\0");
        tail.extend([count.to_le_bytes(), count.to_le_bytes()].concat());
        tail.extend([small(size).to_le_bytes(), small(begin).to_le_bytes()].concat());
        tail.extend([0; 2]);
        self.push(&tail);
        Ok(self.done)
    }

    fn packed(&mut self, packed: &[u8], size: usize) {
        if let Some(entry) = self.entries.last_mut() {
            entry.packed += packed.len() as u64;
            entry.size += size as u64;
        }
        self.push(packed);
    }

    fn push(&mut self, bytes: &[u8]) {
        self.offset += bytes.len() as u64;
        self.done.extend_from_slice(bytes);
    }
}

/// What does not fit says so: the place is then told in 64 bits.
fn small(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn length(name: &str) -> u16 {
    u16::try_from(name.len()).unwrap_or(u16::MAX)
}
