//! Searching, as conditions of a statement: an index narrows it down, the text itself decides.

use super::{Bound, Statement};
use crate::engine::Engine;
use domain::{product::ProductQuery, search, validation::fold};

/// Letters of a piece of text that the indexes know.
const TRIGRAM: usize = 3;

/// Digits of a barcode, at least: fewer may be a number in a title.
const BARCODE: usize = 8;

impl Statement {
    /// 0 for what is exactly what was searched for: the seller's article, the marketplace's, or a barcode.
    pub(super) fn exact(&mut self, query: &ProductQuery) -> String {
        let typed = fold(query.search.as_deref().unwrap_or_default());
        let article = self.hold(Bound::Text(typed.clone()));
        let mut same = format!("p.seller_article_key = {article}");
        if let Ok(number) = typed.parse::<i64>() {
            let number = self.hold(Bound::Number(number));
            same = format!("{same} or p.article = {number}");
        }
        if typed.len() >= BARCODE && typed.bytes().all(|digit| digit.is_ascii_digit()) {
            let whole = self.hold(Bound::Text(format!("% {typed} %")));
            same = format!("{same} or ' ' || p.search_text || ' ' like {whole}");
        }
        format!("case when {same} then 0 else 1 end")
    }

    /// That the words of one of the spellings occur: the index narrows it down, the text itself decides.
    pub(super) fn searched(&mut self, typed: &str) -> String {
        let spellings = search::spellings(typed);
        let narrowed = spellings
            .iter()
            .all(|words| words.iter().any(|word| word.chars().count() >= TRIGRAM))
            .then(|| self.narrowed(&spellings));
        // Nothing is held that the text does not name: a statement is known by its text, and each time has as many values.
        match narrowed {
            Some(narrowed) if self.engine == Engine::Postgres => narrowed,
            Some(narrowed) => format!("{narrowed} and {}", self.likeness(&spellings)),
            None => self.likeness(&spellings),
        }
    }

    /// That the text has all words of one of the spellings.
    fn likeness(&mut self, spellings: &[Vec<String>]) -> String {
        let same: Vec<String> = spellings
            .iter()
            .map(|words| {
                let words: Vec<String> = words
                    .iter()
                    .map(|word| {
                        let pattern = self.hold(Bound::Text(pattern(word)));
                        format!("p.search_text like {pattern} escape '\\'")
                    })
                    .collect();
                format!("({})", words.join(" and "))
            })
            .collect();
        format!("({})", same.join(" or "))
    }

    fn narrowed(&mut self, spellings: &[Vec<String>]) -> String {
        match self.engine {
            Engine::Sqlite => {
                let any: Vec<String> = spellings.iter().map(|words| trigrams(words)).collect();
                let question = self.hold(Bound::Text(any.join(" OR ")));
                format!(
                    "p.rowid in (select s.rowid from products_fts s where s.products_fts match {question})"
                )
            }
            Engine::Postgres => {
                let any: Vec<String> = spellings
                    .iter()
                    .map(|words| {
                        let patterns = (0..search::WORDS).map(|at| {
                            Bound::Text(
                                words.get(at).map_or_else(|| "%".to_owned(), |w| pattern(w)),
                            )
                        });
                        let patterns = self.hold_all(patterns);
                        format!("select search.products({patterns})")
                    })
                    .collect();
                format!("p.id in ({})", any.join(" union "))
            }
        }
    }
}

/// A LIKE pattern of text that holds a word.
fn pattern(word: &str) -> String {
    let mut pattern = String::with_capacity(word.len() + 2);
    pattern.push('%');
    for c in word.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

/// All pieces of three letters of the words, as FTS5 asks for them.
fn trigrams(words: &[String]) -> String {
    let mut pieces: Vec<String> = Vec::new();
    for word in words {
        let letters: Vec<char> = word.chars().collect();
        for piece in letters.windows(TRIGRAM) {
            let piece: String = piece.iter().collect();
            let piece = format!("\"{}\"", piece.replace('"', "\"\""));
            if !pieces.contains(&piece) {
                pieces.push(piece);
            }
        }
    }
    format!("({})", pieces.join(" AND "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_are_letters_and_quotes_are_doubled() {
        assert_eq!(pattern("100%_"), "%100\\%\\_%");
        assert_eq!(trigrams(&["a\"bc".into(), "xy".into()]), "(\"a\"\"b\" AND \"\"\"bc\")");
    }
}
