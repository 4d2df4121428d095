//! The rows of an answer, each read by itself: one that can't be read is set aside, the others count.

use super::{
    client::{Access, NAME},
    methods::Method,
};
use crate::marketplaces::{
    aside::Aside,
    failure::{Failure, Reason},
    reading,
};
use domain::malformed::Malformed;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

/// Where rows stand and what they are about.
#[derive(Clone, Copy)]
pub(super) struct List {
    pub method: Method,
    /// The list's name in the answer.
    pub path: &'static str,
    /// The field that says what a row is about.
    pub name: &'static str,
}

/// Reads rows into ours. `map` names the field that must be there and is not.
pub(super) fn read<W: DeserializeOwned, T>(
    access: &Access<'_>,
    list: List,
    raw: &[Box<RawValue>],
    map: impl Fn(W) -> Result<T, &'static str>,
) -> (Vec<T>, Malformed) {
    let operation = list.method.path();
    let mut aside = Aside::new(operation, [access.api_key, access.client_id]);
    let mut rows = Vec::with_capacity(raw.len());
    for (index, raw) in raw.iter().enumerate() {
        let raw = raw.get().as_bytes();
        let place = || format!("{}[{index}]", list.path);
        let row = reading::read_row(NAME, operation, place, raw).and_then(|wire| {
            map(wire).map_err(|field| {
                let text = format!("{}.{field}: missing", place());
                Failure::new(NAME, operation, Reason::UnexpectedShape, text)
            })
        });
        match row {
            Ok(row) => rows.push(row),
            Err(failure) => aside.row(&failure, raw, list.name),
        }
    }
    (rows, aside.take())
}

#[cfg(test)]
pub(super) mod testing {
    use super::Access;
    use crate::guard::Front;
    use domain::Secret;
    use std::sync::LazyLock;

    static FRONT: LazyLock<Front> = LazyLock::new(Front::production);
    static CLIENT_ID: LazyLock<Secret> = LazyLock::new(|| Secret::new("123456"));
    static API_KEY: LazyLock<Secret> =
        LazyLock::new(|| Secret::new("550e8400-e29b-41d4-a716-446655440000"));

    /// Somebody who asks nothing.
    pub(in super::super) fn access() -> Access<'static> {
        Access { front: &FRONT, client_id: &CLIENT_ID, api_key: &API_KEY }
    }
}
