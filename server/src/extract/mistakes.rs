//! serde's errors in our own words: the place, the rule, what would be right, never what was sent.

use domain::FieldError;
use serde_json::{Value, error::Category};
use serde_path_to_error::{Path, Segment};

/// A mistake at a place of the body.
pub fn at(path: &[String], code: &str, msg: String) -> FieldError {
    let loc = std::iter::once("body".to_owned()).chain(path.iter().cloned()).collect();
    FieldError { loc, code: code.to_owned(), msg }
}

/// Not JSON at all.
pub fn syntax(error: &serde_json::Error) -> FieldError {
    let place = format!("this is not JSON: line {}, column {}", error.line(), error.column());
    at(&[], "json_invalid", place)
}

/// JSON, but not the one that was asked for.
pub fn of_json(path: &Path, error: &serde_json::Error) -> FieldError {
    if error.classify() != Category::Data {
        return syntax(error);
    }
    let mut path: Vec<String> = path.iter().filter_map(segment).collect();
    let text = error.to_string();
    // serde names a field between back quotes; a value of the sender stands there only for enums.
    let named = text.split('`').nth(1).unwrap_or_default();
    let named: String = named.chars().filter(|c| !c.is_control()).take(64).collect();
    let (code, msg) = if text.starts_with("missing field") {
        path.push(named);
        ("missing", "this field is needed".into())
    } else if text.starts_with("unknown field") {
        if path.last() != Some(&named) {
            path.push(named);
        }
        ("unknown_field", "there is no such field here".into())
    } else if text.starts_with("duplicate field") {
        if path.last() != Some(&named) {
            path.push(named);
        }
        ("duplicate_field", "this field is given twice".into())
    } else if text.starts_with("unknown variant") {
        ("unknown_value", choices(&text))
    } else {
        ("wrong_type", expected(&text))
    };
    at(&path, code, msg)
}

/// The place of a NUL character in a string, if there is one: databases refuse it.
pub fn nul(bytes: &[u8]) -> Option<FieldError> {
    const ESCAPED: &[u8] = br"\u0000";
    if !bytes.windows(ESCAPED.len()).any(|window| window == ESCAPED) {
        return None;
    }
    let value: Value = serde_json::from_slice(bytes).ok()?;
    let mut path = Vec::new();
    find_nul(&value, &mut path)
        .then(|| at(&path, "control_character", "leave out the NUL character".into()))
}

fn find_nul(value: &Value, path: &mut Vec<String>) -> bool {
    let mut enter = |key: String, value: &Value| {
        path.push(key);
        let found = find_nul(value, path);
        if !found {
            path.pop();
        }
        found
    };
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(items) => {
            items.iter().enumerate().any(|(at, item)| enter(at.to_string(), item))
        }
        Value::Object(fields) => {
            fields.iter().any(|(key, item)| key.contains('\0') || enter(key.clone(), item))
        }
        _ => false,
    }
}

fn segment(segment: &Segment) -> Option<String> {
    match segment {
        Segment::Seq { index } => Some(index.to_string()),
        Segment::Map { key } => Some(key.clone()),
        Segment::Enum { variant } => Some(variant.clone()),
        Segment::Unknown => None,
    }
}

/// `…, expected a string at line 1 column 9` without the place, which counts bytes.
fn expected(text: &str) -> String {
    let rest = text.rsplit_once(", expected ").map_or("another type", |(_, rest)| rest);
    let what = rest.split(" at line ").next().unwrap_or(rest);
    // "struct RegisterRequest" is our word, not the caller's.
    let what = if what.starts_with("struct ") { "a JSON object" } else { what };
    format!("expected {what}")
}

/// ``unknown variant `x`, expected `a` or `b` ``: the part after "expected".
fn choices(text: &str) -> String {
    let rest = text.rsplit_once("expected ").map_or("", |(_, rest)| rest);
    let known: Vec<&str> = rest.split('`').skip(1).step_by(2).collect();
    format!("use {}", known.join(" or "))
}
