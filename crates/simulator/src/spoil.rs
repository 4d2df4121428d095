//! Right answers made wrong: rows left out, doubled, shuffled, spoiled, a body cut off.
//!
//! Works on any answer that is JSON with a list of rows in it; others are left as they are.

use crate::problem::answer;
use crate::random::Dice;
use crate::recipe::Trouble;
use axum::body::{Body, Bytes, to_bytes};
use axum::http::StatusCode;
use axum::http::header::CONTENT_LENGTH;
use axum::response::Response;
use futures::stream;
use serde_json::{Value, json};

/// Whether a trouble changes an answer that is there.
pub(crate) fn spoils(trouble: Trouble) -> bool {
    match trouble {
        Trouble::CutOff
        | Trouble::Empty
        | Trouble::Partial
        | Trouble::MalformedRow
        | Trouble::Repeated
        | Trouble::Shuffled
        | Trouble::NewFields
        | Trouble::NewWords
        | Trouble::StuckCursor
        | Trouble::LostCursor => true,
        Trouble::Limited { .. }
        | Trouble::Failed { .. }
        | Trouble::Slow { .. }
        | Trouble::Disabled
        | Trouble::Revoked
        | Trouble::Stale { .. } => false,
    }
}

/// The longest wait of `Slow`.
const SLOWEST: u64 = 5_000;

/// Waits where a trouble says so.
pub(crate) async fn wait(trouble: Trouble) {
    if let Trouble::Slow { millis } = trouble {
        tokio::time::sleep(std::time::Duration::from_millis(millis.min(SLOWEST))).await;
    }
}

/// The answer as the trouble leaves it; `asked` is the call's body, for a cursor that leads back.
pub(crate) async fn spoil(
    response: Response,
    trouble: Trouble,
    dice: Dice,
    asked: Option<&Value>,
) -> Response {
    if !response.status().is_success() || !spoils(trouble) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        return answer(StatusCode::BAD_GATEWAY, "text/plain", "");
    };
    parts.headers.remove(CONTENT_LENGTH);
    if trouble == Trouble::CutOff {
        return Response::from_parts(parts, cut_off(&bytes));
    }
    let Ok(mut value) = serde_json::from_slice::<Value>(&bytes) else {
        return Response::from_parts(parts, Body::from(bytes));
    };
    change(&mut value, trouble, dice, asked);
    Response::from_parts(parts, Body::from(value.to_string()))
}

/// Half of it, then an error.
fn cut_off(bytes: &Bytes) -> Body {
    let half = bytes.slice(..bytes.len() / 2);
    Body::from_stream(stream::iter([Ok(half), Err(std::io::Error::other("cut off"))]))
}

fn change(value: &mut Value, trouble: Trouble, mut dice: Dice, asked: Option<&Value>) {
    match trouble {
        Trouble::Empty => {
            if let Some(rows) = rows(value) {
                rows.clear();
            }
            end(value);
        }
        Trouble::Partial => {
            if let Some(rows) = rows(value).filter(|rows| !rows.is_empty()) {
                let kept = dice.below(rows.len() as u64);
                rows.truncate(usize::try_from(kept).unwrap_or(0));
            }
            end(value);
        }
        Trouble::StuckCursor => {
            let old = asked.and_then(|asked| page_word(asked, &["cursor", "last_id"]).cloned());
            if let (Some(old), Some(new)) = (old, word(value, &["cursor", "last_id"])) {
                *new = old;
            }
        }
        Trouble::LostCursor => {
            if let Some(cursor) = word(value, &["cursor", "last_id"]) {
                *cursor = json!("");
            }
        }
        _ => {
            if let Some(rows) = rows(value) {
                change_rows(rows, trouble, &mut dice);
            }
        }
    }
}

fn change_rows(rows: &mut Vec<Value>, trouble: Trouble, dice: &mut Dice) {
    match trouble {
        Trouble::Repeated => rows.extend_from_within(..),
        Trouble::Shuffled => {
            for last in (1..rows.len()).rev() {
                let other = usize::try_from(dice.below(last as u64 + 1)).unwrap_or(0);
                rows.swap(last, other);
            }
        }
        Trouble::NewFields => {
            for row in rows.iter_mut().filter_map(Value::as_object_mut) {
                row.insert("brandNewField".to_owned(), json!({"of": ["nobody", 1, null]}));
            }
        }
        Trouble::NewWords if !rows.is_empty() => {
            let at = usize::try_from(dice.below(rows.len() as u64)).unwrap_or(0);
            say_something_new(&mut rows[at]);
        }
        Trouble::MalformedRow if !rows.is_empty() => {
            let at = usize::try_from(dice.below(rows.len() as u64)).unwrap_or(0);
            match rows[at].as_object_mut() {
                Some(row) if !row.is_empty() => {
                    let field = usize::try_from(dice.below(row.len() as u64)).unwrap_or(0);
                    if let Some(value) = row.values_mut().nth(field) {
                        *value = json!({"unexpected": [true]});
                    }
                }
                _ => rows[at] = Value::Null,
            }
        }
        _ => {}
    }
}

/// Where the marketplaces say one of a few words.
const WORDS: [&str; 11] = [
    "availability",
    "idc_grade",
    "schema",
    "source",
    "status",
    "substatus",
    "sys_name",
    "turnover_grade",
    "turnover_grade_cluster",
    "type",
    "warehouseType",
];

/// Another word in each of those places.
fn say_something_new(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::String(word) if WORDS.contains(&name.as_str()) => {
                        "brand_new_word".clone_into(word);
                    }
                    other => say_something_new(other),
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(say_something_new),
        _ => {}
    }
}

/// The list of an answer: the answer itself, or the first list of objects in it or one or two levels down.
pub(crate) fn rows(value: &mut Value) -> Option<&mut Vec<Value>> {
    fn is_list(value: &Value) -> bool {
        value.as_array().is_some_and(|rows| rows.first().is_none_or(Value::is_object))
    }
    fn path(value: &Value, depth: u8) -> Option<Vec<String>> {
        if is_list(value) {
            return Some(Vec::new());
        }
        let object = value.as_object()?;
        let here = object.iter().find(|(_, inner)| is_list(inner));
        if let Some((name, _)) = here {
            return Some(vec![name.clone()]);
        }
        object.iter().filter(|_| depth > 0).find_map(|(name, inner)| {
            let mut path = path(inner, depth - 1)?;
            path.insert(0, name.clone());
            Some(path)
        })
    }
    let mut at = value;
    for name in path(at, 2)? {
        at = at.get_mut(&name)?;
    }
    at.as_array_mut()
}

/// Says that there is nothing more.
pub(crate) fn end(value: &mut Value) {
    if let Some(has_next) = word(value, &["has_next"]) {
        *has_next = json!(false);
    }
    let left = rows(value).map_or(0, |rows| rows.len());
    if let Some(cursor) = word(value, &["cursor", "last_id"]) {
        if cursor.is_object() {
            // A Wildberries page says how many cards it has.
            cursor["total"] = json!(left);
        } else {
            *cursor = json!("");
        }
    }
}

/// A field of the answer or of its `result`.
fn word<'a>(value: &'a mut Value, names: &[&str]) -> Option<&'a mut Value> {
    let inner = value.get("result").is_some_and(Value::is_object);
    let object = if inner { value.get_mut("result")? } else { value };
    let name = names.iter().find(|name| object.get(**name).is_some())?;
    object.get_mut(*name)
}

fn page_word<'a>(asked: &'a Value, names: &[&str]) -> Option<&'a Value> {
    names.iter().find_map(|name| asked.get(*name)).filter(|value| value.is_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page() -> Value {
        let rows: Vec<Value> = (0..9).map(|id| json!({"id": id, "name": "x"})).collect();
        json!({"result": {"items": rows, "total": 30, "last_id": "abc"}, "has_next": true})
    }

    fn changed(trouble: Trouble) -> Value {
        let mut value = page();
        change(&mut value, trouble, Dice::new(5), Some(&json!({"last_id": "old"})));
        value
    }

    #[test]
    fn each_trouble_does_one_thing() {
        let whole = page();
        let ids = |value: &Value| -> Vec<i64> {
            let rows = value["result"]["items"].as_array().unwrap();
            rows.iter().map(|row| row["id"].as_i64().unwrap_or(-1)).collect()
        };
        assert!(ids(&changed(Trouble::Empty)).is_empty());
        assert_eq!(changed(Trouble::Empty)["result"]["last_id"], "");
        assert!(ids(&changed(Trouble::Partial)).len() < 9);
        assert_eq!(ids(&changed(Trouble::Repeated)).len(), 18);
        let mut shuffled = ids(&changed(Trouble::Shuffled));
        assert_ne!(shuffled, ids(&whole));
        shuffled.sort_unstable();
        assert_eq!(shuffled, ids(&whole));
        assert_eq!(changed(Trouble::StuckCursor)["result"]["last_id"], "old");
        assert_eq!(changed(Trouble::LostCursor)["result"]["last_id"], "");
        let malformed = changed(Trouble::MalformedRow);
        let rows = malformed["result"]["items"].as_array().unwrap();
        let wrong = rows.iter().filter(|row| row.to_string().contains("unexpected")).count();
        assert_eq!(wrong, 1);
        assert_eq!(ids(&changed(Trouble::NewFields)), ids(&whole));
        let mut row = json!({"status": "delivered", "name": "x", "visual": {"status": {"id": 3, "sys_name": "Y"}}});
        say_something_new(&mut row);
        let new = "brand_new_word";
        assert_eq!(
            row,
            json!({"status": new, "name": "x", "visual": {"status": {"id": 3, "sys_name": new}}})
        );
    }
}
