//! Rows of a marketplace's answer that could not be read. They are set aside as they came, and what they may have been
//! about is remembered: a row that can't be read is no statement that there is nothing.

use std::collections::HashSet;

/// So many are kept whole; more of them teach nobody more, and are counted.
pub const KEPT_ROWS: usize = 20;

/// So much of a row is kept, characters.
pub const KEPT_CHARACTERS: usize = 2_000;

/// A row as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MalformedRow {
    /// Of which method.
    pub operation: &'static str,
    /// The field and what is wrong with it.
    pub problem: String,
    /// The row, without secrets, cut to [`KEPT_CHARACTERS`].
    pub raw: String,
}

/// Those of an answer, or of several.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Malformed {
    /// The first of them.
    pub rows: Vec<MalformedRow>,
    /// How many there were.
    pub count: u64,
    /// What they are about, where that much could be read: the size's or card's number.
    pub about: HashSet<i64>,
    /// How many don't even tell that.
    pub nameless: u64,
}

impl Malformed {
    /// Sets a row aside.
    pub fn push(&mut self, row: MalformedRow, about: Option<i64>) {
        self.count += 1;
        match about {
            Some(number) => {
                self.about.insert(number);
            }
            None => self.nameless += 1,
        }
        if self.rows.len() < KEPT_ROWS {
            self.rows.push(row);
        }
    }

    /// Adds those of another answer.
    pub fn extend(&mut self, other: Self) {
        let room = KEPT_ROWS.saturating_sub(self.rows.len());
        self.rows.extend(other.rows.into_iter().take(room));
        self.count += other.count;
        self.about.extend(other.about);
        self.nameless += other.nameless;
    }

    /// Whether there was none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Whether it is not for us to say that this one is gone: a row that could not be read may have told of it.
    pub fn may_tell_of(&self, number: i64) -> bool {
        self.nameless > 0 || self.about.contains(&number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(problem: &str) -> MalformedRow {
        MalformedRow { operation: "stock", problem: problem.to_owned(), raw: "{}".to_owned() }
    }

    #[test]
    fn the_first_are_kept_and_all_are_counted() {
        let mut some = Malformed::default();
        assert!(some.is_empty() && !some.may_tell_of(7));
        for number in 0..30 {
            some.push(row("quantity"), Some(number));
        }
        let mut all = Malformed::default();
        all.push(row("chrtId"), Some(99));
        all.extend(some);
        assert_eq!((all.rows.len(), all.count, all.nameless), (KEPT_ROWS, 31, 0));
        assert!(all.may_tell_of(29) && all.may_tell_of(99) && !all.may_tell_of(30));
        all.push(row("not even a number"), None);
        assert!(all.may_tell_of(30), "it may be about anything");
    }
}
