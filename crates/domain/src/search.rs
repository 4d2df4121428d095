//! Searching that forgives: the wrong keyboard layout, letters that look alike in two alphabets, and words written in
//! the other one. Pure: the same words find the same things on every engine.

use crate::validation::fold;

/// How many words are searched for apart; what goes beyond is one with the last.
pub const WORDS: usize = 4;

/// The keys of the two layouts, one above the other.
const LATIN_KEYS: &str = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`";
const CYRILLIC_KEYS: &str = "йцукенгшщзхъфывапролджэячсмитьбюё";

/// Cyrillic letters that look, large or small, like Latin ones.
const TWINS: [(char, char); 13] = [
    ('а', 'a'),
    ('в', 'b'),
    ('е', 'e'),
    ('к', 'k'),
    ('м', 'm'),
    ('н', 'h'),
    ('о', 'o'),
    ('р', 'p'),
    ('с', 'c'),
    ('т', 't'),
    ('у', 'y'),
    ('х', 'x'),
    ('і', 'i'),
];

/// What Latin letters stand for, the longest first.
const FROM_LATIN: [(&str, &str); 38] = [
    ("shch", "щ"),
    ("sch", "щ"),
    ("zh", "ж"),
    ("kh", "х"),
    ("ts", "ц"),
    ("ch", "ч"),
    ("sh", "ш"),
    ("yo", "е"),
    ("jo", "е"),
    ("yu", "ю"),
    ("ju", "ю"),
    ("ya", "я"),
    ("ja", "я"),
    ("ye", "е"),
    ("a", "а"),
    ("b", "б"),
    ("v", "в"),
    ("w", "в"),
    ("g", "г"),
    ("d", "д"),
    ("e", "е"),
    ("z", "з"),
    ("i", "и"),
    ("j", "й"),
    ("k", "к"),
    ("q", "к"),
    ("c", "к"),
    ("l", "л"),
    ("m", "м"),
    ("n", "н"),
    ("o", "о"),
    ("p", "п"),
    ("r", "р"),
    ("s", "с"),
    ("t", "т"),
    ("u", "у"),
    ("f", "ф"),
    ("h", "х"),
];

/// How Cyrillic letters are written in Latin ones.
const FROM_CYRILLIC: [(char, &str); 32] = [
    ('а', "a"),
    ('б', "b"),
    ('в', "v"),
    ('г', "g"),
    ('д', "d"),
    ('е', "e"),
    ('ж', "zh"),
    ('з', "z"),
    ('и', "i"),
    ('й', "y"),
    ('к', "k"),
    ('л', "l"),
    ('м', "m"),
    ('н', "n"),
    ('о', "o"),
    ('п', "p"),
    ('р', "r"),
    ('с', "s"),
    ('т', "t"),
    ('у', "u"),
    ('ф', "f"),
    ('х', "kh"),
    ('ц', "ts"),
    ('ч', "ch"),
    ('ш', "sh"),
    ('щ', "shch"),
    ('ъ', ""),
    ('ы', "y"),
    ('ь', ""),
    ('э', "e"),
    ('ю', "yu"),
    ('я', "ya"),
];

/// Text as it is searched in: folded, and every letter that has a Latin twin is that twin. Both sides of a search go
/// through it, so that `А-100` is found whichever alphabet its letter is of.
pub fn skeleton(text: &str) -> String {
    let twin = |c: char| TWINS.iter().find(|(from, _)| *from == c).map_or(c, |(_, to)| *to);
    fold(text).chars().map(twin).collect()
}

/// What somebody may have meant, each as the words that must all occur; as it was typed comes first. Empty: there is
/// nothing to search for.
pub fn spellings(typed: &str) -> Vec<Vec<String>> {
    let folded = fold(typed);
    let mut found: Vec<Vec<String>> = Vec::new();
    let cyrillic = folded.chars().any(is_cyrillic);
    let latin = folded.chars().any(|c| c.is_ascii_alphabetic());
    let mut candidates = vec![folded.clone()];
    // A word of both alphabets is an article: its twins are enough.
    match (cyrillic, latin) {
        (true, false) => {
            candidates.push(rekeyed(&folded, CYRILLIC_KEYS, LATIN_KEYS));
            candidates.push(to_latin(&folded));
        }
        (false, true) => {
            candidates.push(rekeyed(&folded, LATIN_KEYS, CYRILLIC_KEYS));
            candidates.push(to_cyrillic(&folded));
        }
        _ => {}
    }
    for candidate in candidates {
        let skeleton = skeleton(&candidate);
        let words: Vec<String> =
            skeleton.splitn(WORDS, ' ').filter(|w| !w.is_empty()).map(str::to_owned).collect();
        if !words.is_empty() && !found.contains(&words) {
            found.push(words);
        }
    }
    found
}

fn is_cyrillic(c: char) -> bool {
    ('а'..='я').contains(&c)
}

fn rekeyed(text: &str, from: &str, to: &str) -> String {
    let key = |c: char| from.chars().position(|k| k == c).and_then(|at| to.chars().nth(at));
    text.chars().map(|c| key(c).unwrap_or(c)).collect()
}

fn to_latin(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut latin, c| {
        match FROM_CYRILLIC.iter().find(|(from, _)| *from == c) {
            Some((_, letters)) => latin.push_str(letters),
            None => latin.push(c),
        }
        latin
    })
}

fn to_cyrillic(text: &str) -> String {
    let mut cyrillic = String::with_capacity(text.len() * 2);
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        if let Some((from, to)) = FROM_LATIN.iter().find(|(from, _)| rest.starts_with(from)) {
            cyrillic.push_str(to);
            rest = &rest[from.len()..];
            continue;
        }
        match next {
            'x' => cyrillic.push_str("кс"),
            '\'' => cyrillic.push('ь'),
            // After a vowel it is short: `chay`.
            'y' if cyrillic.ends_with(['а', 'е', 'и', 'о', 'у', 'ы', 'э', 'ю', 'я']) => {
                cyrillic.push('й');
            }
            'y' => cyrillic.push('ы'),
            other => cyrillic.push(other),
        }
        rest = &rest[next.len_utf8()..];
    }
    cyrillic
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a search for `typed` finds a text.
    fn finds(typed: &str, text: &str) -> bool {
        let text = skeleton(text);
        spellings(typed).iter().any(|words| words.iter().all(|word| text.contains(word.as_str())))
    }

    #[test]
    fn the_wrong_layout_is_forgiven_both_ways() {
        for (typed, text) in [
            ("ghbdtn", "Привет"),
            ("rhe;rf", "Кружка синяя"),
            (",jnbyrb", "Ботинки зимние"),
            ("ТШЛУ", "Кроссовки Nike"),
            ("`krf", "Ёлка"),
        ] {
            assert!(finds(typed, text), "{typed} finds {text}");
        }
    }

    #[test]
    fn twins_of_two_alphabets_are_one_letter() {
        // Cyrillic on one side, Latin on the other.
        assert!(finds("АВС-100", "ABC-100"));
        assert!(finds("abc-100", "артикул АВС-100"));
        assert!(finds("ТЕКCТ", "текст"));
    }

    #[test]
    fn the_other_alphabet_is_read() {
        for (typed, text) in [
            ("kruzhka", "Кружка эмалированная"),
            ("chay zelenyy", "Чай зелёный"),
            ("plat'e", "Платье"),
            ("shchetka", "Щётка"),
            ("самсунг", "Чехол Samsung"),
            ("boks", "Бокс"),
            ("box", "Бокс"),
        ] {
            assert!(finds(typed, text), "{typed} finds {text}");
        }
    }

    #[test]
    fn case_yo_and_spaces_do_not_matter_and_words_may_change_places() {
        assert!(finds("  СИНЯЯ   ёлка ", "Елка новогодняя синяя"));
        assert!(!finds("красная елка", "Елка новогодняя синяя"));
    }

    #[test]
    fn nothing_else_is_found() {
        for (typed, text) in [("ghbdtn", "Кружка"), ("kruzhka", "Ложка"), ("100500", "2037401")]
        {
            assert!(!finds(typed, text), "{typed} does not find {text}");
        }
    }

    #[test]
    fn what_was_typed_comes_first_and_words_beyond_the_fourth_stay_together() {
        assert_eq!(spellings("   "), Vec::<Vec<String>>::new());
        assert_eq!(spellings("100"), [["100"]]);
        let four = spellings("100 200 300 400 500");
        assert_eq!(four, [["100", "200", "300", "400 500"]]);
        assert_eq!(spellings("кружка")[0], [skeleton("кружка")]);
    }
}
