//! The cutter against `serde_json`, whole and in pieces.

use super::*;
use proptest::prelude::*;
use serde_json::{Value, json};

/// All rows of a body that arrives in pieces of a size.
fn cut(path: &'static [&'static str], body: &str, size: usize) -> Result<Vec<Value>, RowsProblem> {
    let mut rows = Rows::at(path);
    let mut found = Vec::new();
    for piece in body.as_bytes().chunks(size.max(1)) {
        rows.push(piece);
        while let Some(row) = rows.next()? {
            found.push(serde_json::from_slice(row).unwrap());
        }
    }
    rows.finish().map(|()| found)
}

const ITEMS: &[&str] = &["data", "items"];

#[test]
fn a_bare_list_and_a_buried_one() {
    assert_eq!(
        cut(&[], r#" [{"a":1}, {"b":"]}\"{"}] "#, 3).unwrap(),
        [json!({"a":1}), json!({"b":"]}\"{"})]
    );
    let buried = r#"{"x":{"items":[{"no":1}]},"y":"data","z":-1.5,"w":null,"data":{"n":[1,[2]],"items":[{"yes":[{}]}],"more":[{"}":"\\"}]},"t":1}"#;
    for size in 1..buried.len() {
        assert_eq!(cut(ITEMS, buried, size).unwrap(), [json!({"yes":[{}]})], "{size}");
    }
}

#[test]
fn empty_and_null_lists_have_no_rows() {
    for (path, body) in [
        (&[][..], "[]"),
        (&[], "null"),
        (ITEMS, r#"{"data":{"items":[]}}"#),
        (ITEMS, r#"{"data":{"items":null}}"#),
        (ITEMS, r#"{"data":null,"x":"}"}"#),
    ] {
        assert_eq!(cut(path, body, 2), Ok(vec![]), "{body}");
    }
}

#[test]
fn other_shapes_are_told_from_cut_ones() {
    for (path, body) in [
        (&[][..], r#"{"errors":["dateFrom"]}"#),
        (&[], "[1]"),
        (&[], "<html>"),
        (&[], "none"),
        (&[], "[] []"),
        (ITEMS, r#"{"data":{}}"#),
        (ITEMS, r#"{"data":[]}"#),
        (ITEMS, r#"{"data":{"items":{}}}"#),
    ] {
        assert!(matches!(cut(path, body, 1), Err(RowsProblem::Expected(_))), "{body}");
    }
}

#[test]
fn an_endless_row_is_not_kept() {
    let mut rows = Rows::at(&[]);
    rows.push(b"[{\"a\":\"");
    let problem = (0..=2 * LONGEST_ROW / 4096).find_map(|_| {
        rows.push(&[b'x'; 4096]);
        rows.next().err()
    });
    assert_eq!(problem, Some(RowsProblem::Expected("a row of less than a megabyte")));
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "[\\[\\]{}\",\\\\: a-zё]{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::hash_map("[a-z\"\\\\]{0,4}", inner, 0..4).prop_map(|map| json!(map)),
        ]
    })
}

proptest! {
    #[test]
    fn it_finds_what_serde_finds(
        rows in prop::collection::vec(prop::collection::hash_map("[a-z{\"]{0,5}", value(), 0..4), 0..8),
        before in value(), after in value(), size in 1_usize..40, pretty: bool,
    ) {
        let body = json!({"a": before, "data": {"b": before, "items": rows, "z": after}, "z": after});
        let text = if pretty { serde_json::to_string_pretty(&body) } else { serde_json::to_string(&body) }.unwrap();
        let expected: Vec<Value> = rows.iter().map(|row| json!(row)).collect();
        prop_assert_eq!(cut(ITEMS, &text, size), Ok(expected));
        // Cut anywhere, it is never taken for whole.
        let mut end = text.len() * 2 / 3;
        while !text.is_char_boundary(end) { end -= 1; }
        prop_assert_eq!(cut(ITEMS, &text[..end], size), Err(RowsProblem::CutOff));
    }

    #[test]
    fn no_bytes_make_it_panic(body in prop::collection::vec(any::<u8>(), 0..200), size in 1_usize..20) {
        for path in [&[][..], ITEMS] {
            let mut rows = Rows::at(path);
            'pieces: for piece in body.chunks(size) {
                rows.push(piece);
                loop {
                    match rows.next() {
                        Ok(Some(_)) => {}
                        Ok(None) => break,
                        Err(_) => break 'pieces,
                    }
                }
            }
            let _ = rows.finish();
        }
    }
}
