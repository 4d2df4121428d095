//! Cuts the rows out of a long JSON array while it arrives, so that memory holds one row and one piece of the
//! network's, not 60 MB. It finds where rows begin and end; whether a row is good JSON is its reader's business.

/// The longest row that is believed: real ones have less than a kilobyte.
const LONGEST_ROW: usize = 1 << 20;

/// Why rows can't be cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum RowsProblem {
    /// Something else stands where this was expected.
    Expected(&'static str),
    /// The body ended too early.
    CutOff,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// Before the value at the present step of the path.
    Value,
    /// In an object of the path, before a name or its end.
    Names,
    /// In a name.
    Name,
    /// Behind a name; `true`: it is the next step of the path.
    Colon(bool),
    /// Before a value that is not ours.
    SkipFrom,
    /// In a value that is not ours.
    Skip,
    /// In a `null` where the array was expected, so many letters read.
    Null(usize),
    /// In the array, before a row or its end.
    Rows,
    /// In a row.
    Row,
    /// Behind the array: the objects around it are to be closed.
    After,
    /// At the end.
    Done,
}

/// The cutter. Feed it with [`Rows::push`], take rows with [`Rows::next`], ask at the end with [`Rows::finish`].
#[derive(Debug)]
pub(super) struct Rows {
    path: &'static [&'static str],
    matched: usize,
    buffer: Vec<u8>,
    scan: usize,
    start: usize,
    phase: Phase,
    depth: usize,
    in_string: bool,
    escaped: bool,
}

impl Rows {
    /// For the array at the end of a path of names; an empty path: the body is the array.
    pub(super) fn at(path: &'static [&'static str]) -> Self {
        Self {
            path,
            matched: 0,
            buffer: Vec::new(),
            scan: 0,
            start: 0,
            phase: Phase::Value,
            depth: 0,
            in_string: false,
            escaped: false,
        }
    }

    /// Takes a piece of the body.
    pub(super) fn push(&mut self, piece: &[u8]) {
        // What is before a token under way is no longer needed.
        let keep =
            if matches!(self.phase, Phase::Row | Phase::Name) { self.start } else { self.scan };
        self.buffer.drain(..keep);
        self.scan -= keep;
        self.start = self.start.saturating_sub(keep);
        self.buffer.extend_from_slice(piece);
    }

    /// The next whole row; `None`: more of the body is needed, or the array is over.
    pub(super) fn next(&mut self) -> Result<Option<&[u8]>, RowsProblem> {
        while let Some(&byte) = self.buffer.get(self.scan) {
            match self.phase {
                Phase::Row => {
                    if self.ends_row() {
                        self.phase = Phase::Rows;
                        return Ok(self.buffer.get(self.start..self.scan));
                    }
                    if self.scan - self.start > LONGEST_ROW {
                        return Err(RowsProblem::Expected("a row of less than a megabyte"));
                    }
                }
                Phase::Rows => self.between_rows(byte)?,
                _ => self.outside(byte)?,
            }
        }
        Ok(None)
    }

    /// Goes on to the end of the row, or of what is there of it; whether it is the former. Nearly all bytes pass through
    /// here, and most of them are inside of texts, hence the jumps.
    fn ends_row(&mut self) -> bool {
        while let Some(rest) = self.buffer.get(self.scan..) {
            if self.in_string && !self.escaped {
                let plain = rest.iter().position(|byte| matches!(byte, b'"' | b'\\'));
                self.scan += plain.unwrap_or(rest.len());
            }
            let Some(&byte) = self.buffer.get(self.scan) else { break };
            self.scan += 1;
            if self.ends_value(byte) {
                return true;
            }
        }
        false
    }

    /// Whether the body came to its end.
    pub(super) fn finish(&self) -> Result<(), RowsProblem> {
        if self.phase == Phase::Done { Ok(()) } else { Err(RowsProblem::CutOff) }
    }

    fn between_rows(&mut self, byte: u8) -> Result<(), RowsProblem> {
        match byte {
            b' ' | b'\t' | b'\n' | b'\r' | b',' => {}
            b']' => self.leave_array(),
            b'{' => {
                self.start = self.scan;
                self.phase = Phase::Row;
                // The row's own scan begins with this byte.
                return Ok(());
            }
            _ => return Err(RowsProblem::Expected("an object or the end of the list")),
        }
        self.scan += 1;
        Ok(())
    }

    /// All that is not the array itself.
    fn outside(&mut self, byte: u8) -> Result<(), RowsProblem> {
        let blank = matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
        match self.phase {
            Phase::Value | Phase::Names | Phase::Colon(_) | Phase::SkipFrom | Phase::Done
                if blank => {}
            Phase::Value => return self.enter(byte),
            Phase::Names if byte == b',' => {}
            Phase::Names if byte == b'"' => {
                self.phase = Phase::Name;
                self.start = self.scan + 1;
                self.escaped = false;
            }
            Phase::Names => return Err(RowsProblem::Expected(self.wanted())),
            Phase::Name => {
                if self.escaped {
                    self.escaped = false;
                } else if byte == b'\\' {
                    self.escaped = true;
                } else if byte == b'"' {
                    let name = self.buffer.get(self.start..self.scan).unwrap_or_default();
                    self.phase = Phase::Colon(name == self.wanted().as_bytes());
                }
            }
            Phase::Colon(ours) if byte == b':' => {
                self.matched += usize::from(ours);
                self.phase = if ours { Phase::Value } else { Phase::SkipFrom };
            }
            Phase::Colon(_) => return Err(RowsProblem::Expected("a colon")),
            Phase::SkipFrom => {
                self.phase = Phase::Skip;
                return Ok(());
            }
            Phase::Skip if self.depth == 0 && !self.in_string && matches!(byte, b',' | b'}') => {
                self.phase = Phase::Names;
                return Ok(());
            }
            Phase::Skip => {
                if self.ends_value(byte) {
                    self.phase = Phase::Names;
                }
            }
            Phase::Null(read) if b"null".get(read) == Some(&byte) => {
                self.phase = Phase::Null(read + 1);
                if read == 3 {
                    self.leave_array();
                }
            }
            Phase::Null(_) => return Err(RowsProblem::Expected("a list")),
            Phase::After => {
                if self.ends_value(byte) {
                    self.phase = Phase::Done;
                }
            }
            Phase::Done => return Err(RowsProblem::Expected("the end")),
            // Both are looked after by `next`.
            Phase::Rows | Phase::Row => {}
        }
        self.scan += 1;
        Ok(())
    }

    /// The first byte of a value on the path.
    fn enter(&mut self, byte: u8) -> Result<(), RowsProblem> {
        let at_array = self.matched == self.path.len();
        if at_array && byte == b'[' {
            self.phase = Phase::Rows;
            self.scan += 1;
            return Ok(());
        }
        if byte == b'n' {
            // The marketplace's way to write an empty list.
            self.phase = Phase::Null(0);
            return Ok(());
        }
        if !at_array && byte == b'{' {
            self.phase = Phase::Names;
            self.scan += 1;
            return Ok(());
        }
        Err(RowsProblem::Expected(if at_array { "a list" } else { "an object" }))
    }

    /// The array is over: as many objects are open as names were followed.
    fn leave_array(&mut self) {
        self.depth = self.matched;
        self.phase = if self.depth == 0 { Phase::Done } else { Phase::After };
    }

    /// The name that is looked for.
    fn wanted(&self) -> &'static str {
        self.path.get(self.matched).copied().unwrap_or_default()
    }

    /// Takes a byte of a value; whether it was the last of a text, list or object.
    #[inline]
    fn ends_value(&mut self, byte: u8) -> bool {
        if self.in_string {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => {
                    self.in_string = false;
                    return self.depth == 0;
                }
                _ => {}
            }
            return false;
        }
        match byte {
            b'"' => self.in_string = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                return self.depth == 0;
            }
            _ => {}
        }
        false
    }
}

#[cfg(test)]
#[path = "rows_tests.rs"]
mod tests;
