//! The catalogue's names in memory, searched letter by letter. Asks nobody.

use domain::validation::fold;

/// A product that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit<'a> {
    /// Its id.
    pub id: &'a str,
    /// The seller's article.
    pub article: &'a str,
    /// What it is called.
    pub name: &'a str,
}

/// As many lines as are looked at for the best: a letter alone is in nearly all of them.
const LOOKED_AT: usize = 400;

/// Names as they were sent, and the same folded: one text each, since a search runs through one text faster than
/// through a hundred thousand.
#[derive(Debug, Default)]
pub struct Index {
    lines: String,
    folded: String,
    /// Where each line begins in both texts.
    starts: Vec<(u32, u32)>,
}

impl Index {
    /// Takes the lines of [`domain::product::ProductNames`]; one that is not of three fields is left out.
    pub fn new(lines: String) -> Self {
        let mut folded = String::with_capacity(lines.len());
        let mut starts = Vec::new();
        let mut at = 0;
        for line in lines.split_inclusive('\n') {
            if let Some((_, names)) = line.split_once('\t')
                && names.contains('\t')
                && let (Ok(from), Ok(to)) = (u32::try_from(at), u32::try_from(folded.len()))
            {
                starts.push((from, to));
                folded.push_str(&fold(names));
                folded.push('\n');
            }
            at += line.len();
        }
        Self { lines, folded, starts }
    }

    /// The `most` best products that have every word of the question in article or name: those first whose article
    /// begins with it, then those whose name does, then as they are sorted.
    pub fn find(&self, question: &str, most: usize) -> Vec<Hit<'_>> {
        let question = fold(question);
        let mut words: Vec<&str> = question.split(' ').filter(|word| !word.is_empty()).collect();
        // The longest is the rarest: the others are looked for only where it is.
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        let Some((rarest, others)) = words.split_first() else { return Vec::new() };
        let mut found: Vec<(u8, usize)> = Vec::new();
        let mut from = 0;
        while let Some(place) = self.folded.get(from..).and_then(|rest| rest.find(rarest)) {
            let line =
                self.starts.partition_point(|(_, start)| *start as usize <= from + place) - 1;
            let folded = self.folded_line(line);
            if others.iter().all(|word| folded.contains(word)) {
                found.push((rank(folded, &question), line));
            }
            if found.len() == LOOKED_AT {
                break;
            }
            from =
                self.starts.get(line + 1).map_or(self.folded.len(), |(_, start)| *start as usize);
        }
        found.sort_unstable();
        found.truncate(most);
        found.into_iter().filter_map(|(_, line)| self.hit(line)).collect()
    }

    fn folded_line(&self, line: usize) -> &str {
        let start = self.starts.get(line).map_or(0, |(_, start)| *start as usize);
        self.folded.get(start..).and_then(|rest| rest.split('\n').next()).unwrap_or_default()
    }

    fn hit(&self, line: usize) -> Option<Hit<'_>> {
        let start = self.starts.get(line)?.0 as usize;
        let mut fields = self.lines.get(start..)?.split('\n').next()?.splitn(3, '\t');
        Some(Hit { id: fields.next()?, article: fields.next()?, name: fields.next()? })
    }
}

/// Lower is better. A folded line is article, space, name.
fn rank(folded: &str, question: &str) -> u8 {
    if folded.starts_with(question) {
        return 0;
    }
    let name_begins =
        folded.match_indices(' ').any(|(at, _)| folded[at + 1..].starts_with(question));
    if name_begins { 1 } else { 2 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index() -> Index {
        Index::new(
            "1\tMUG-1\tКружка белая\n2\tTEA-5\tЧай «Весна»\n3\tX-9\tПодставка под кружку\nbroken\n4\tКР-7\tЁлка 5 см\n"
                .to_owned(),
        )
    }

    fn ids(question: &str) -> Vec<String> {
        index().find(question, 10).into_iter().map(|hit| hit.id.to_owned()).collect()
    }

    #[test]
    fn every_word_has_to_be_there_in_any_order_and_case() {
        assert_eq!(ids("КРУЖК"), ["1", "3"]);
        assert_eq!(ids("белая круж"), ["1"]);
        assert_eq!(ids("елка"), ["4"]);
        assert_eq!(ids("кружка чай"), Vec::<String>::new());
        assert_eq!(ids("  "), Vec::<String>::new());
    }

    #[test]
    fn an_article_that_begins_so_comes_first() {
        assert_eq!(ids("кр"), ["4", "1", "3"]);
        let found = index();
        let hit = found.find("tea-5", 1);
        assert_eq!(hit, [Hit { id: "2", article: "TEA-5", name: "Чай «Весна»" }]);
    }

    #[test]
    fn no_more_are_given_than_asked_for_and_a_broken_line_is_nobodys() {
        assert_eq!(index().find("к", 2).len(), 2);
        assert!(Index::new("broken\n".to_owned()).find("b", 5).is_empty());
        assert!(Index::new(String::new()).find("b", 5).is_empty());
    }
}
