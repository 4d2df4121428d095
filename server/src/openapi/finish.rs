//! The document's last pass: what is true of every operation alike is said here once, and not beside each of them:
//! the errors that any request can meet, ids that tell both doors apart, examples.

use super::{examples, problems};
use serde_json::{Map, Value, json};

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// The whole document, ready to be shown.
pub fn finish(mut document: Value) -> Value {
    problems::add_components(&mut document);
    let schemas = document["components"]["schemas"].clone();
    if let Some(paths) = document["paths"].as_object_mut() {
        for (path, item) in paths {
            for method in METHODS {
                if let Some(operation) = item.get_mut(method).and_then(Value::as_object_mut) {
                    finish_operation(path, method, operation);
                    examples::add(operation, &schemas);
                    as_events(operation);
                }
            }
        }
    }
    sorted(document)
}

fn finish_operation(path: &str, method: &str, operation: &mut Map<String, Value>) {
    let is_function = path.starts_with("/api/fn/");
    name(path, operation);
    if is_function {
        as_server_function(method, operation);
    } else {
        may_be_empty(operation);
        may_be_absent(operation);
    }
    let errors = errors(path, method, operation);
    let responses = operation.entry("responses").or_insert_with(|| json!({}));
    let Some(responses) = responses.as_object_mut() else { return };
    for response in responses.values_mut() {
        problems::right_type(response);
    }
    let own: Vec<String> = responses.keys().cloned().collect();
    for status in own.iter().map(String::as_str).chain(errors) {
        let says_more = responses.get(status).is_some_and(|r| !problems::is_standard(status, r));
        if let Some(component) = problems::component(status).filter(|_| !says_more) {
            responses.insert(status.to_owned(), component);
        }
    }
    for (status, response) in responses {
        if response["description"].as_str().unwrap_or_default().is_empty()
            && response.get("$ref").is_none()
        {
            response["description"] = problems::description(status).into();
        }
    }
}

/// Both doors have a `login` and a `list`: tag and address tell them apart.
fn name(path: &str, operation: &mut Map<String, Value>) {
    let id = operation.get("operationId").and_then(Value::as_str).unwrap_or_default();
    let tag = operation.get("tags").and_then(|tags| tags[0].as_str()).unwrap_or_default();
    let tag = tag.replace(' ', "_");
    let name = match path.strip_prefix("/api/fn/") {
        Some(function) => format!("dashboard_{}", function.replace('/', "_")),
        None if !path.starts_with("/api/v1/") || id.starts_with(&format!("{tag}_")) => return,
        None => format!("{tag}_{id}"),
    };
    operation.insert("operationId".into(), name.into());
}

/// What all server functions have in common.
fn as_server_function(method: &str, operation: &mut Map<String, Value>) {
    operation.entry("description").or_insert_with(|| {
        let how = if method == "post" {
            "Takes a form. A browser without script (`Accept: text/html`) is sent back to a page with 303."
        } else {
            "Takes its arguments in the query."
        };
        format!("{how} A part of the dashboard: it may change with it.").into()
    });
    let responses = operation.entry("responses").or_insert_with(|| json!({}));
    let done = &mut responses["200"];
    if done.get("content").is_none() {
        *done = json!({
            "description": "Done",
            "content": {"application/json": {"schema": {"type": "null"}, "example": null}},
        });
    }
    if method == "post" {
        responses["303"] =
            json!({"description": "To a browser without script: the page to go on with"});
    }
}

/// A stream is described by what each of its events is, not by what is in them.
fn as_events(operation: &mut Map<String, Value>) {
    let Some(stream) = operation.get_mut("responses").and_then(|responses| {
        responses.get_mut("200")?.get_mut("content")?.get_mut("text/event-stream")
    }) else {
        return;
    };
    stream["schema"] = json!({
        "type": "object",
        "required": ["event", "data"],
        "properties": {
            "event": {"type": "string"},
            "data": {
                "type": "string",
                "contentMediaType": "application/json",
                "contentSchema": stream["schema"],
            },
        },
    });
}

/// The contract takes an empty parameter for an absent one.
fn may_be_empty(operation: &mut Map<String, Value>) {
    let parameters = operation.get_mut("parameters").and_then(Value::as_array_mut);
    let is_optional = |p: &&mut Value| p["in"] == "query" && p["required"] != true;
    for parameter in parameters.into_iter().flatten().filter(is_optional) {
        parameter["allowEmptyValue"] = true.into();
    }
}

/// A body that need not come is none then, and not the word `null`.
fn may_be_absent(operation: &mut Map<String, Value>) {
    let content = operation.get_mut("requestBody").and_then(|body| body.get_mut("content"));
    for media in content.and_then(Value::as_object_mut).into_iter().flatten().map(|(_, m)| m) {
        let choices = media["schema"]["oneOf"].as_array().into_iter().flatten();
        let something: Vec<&Value> = choices.filter(|choice| choice["type"] != "null").collect();
        if let [only] = something[..] {
            media["schema"] = only.clone();
        }
    }
}

/// The statuses that this operation can answer with beside its own.
fn errors(path: &str, method: &str, operation: &Map<String, Value>) -> Vec<&'static str> {
    // `security(())` is written as `[{}]`: nobody has to prove anything.
    let is_public = operation.get("security").is_some_and(|s| *s == json!([{}]) || *s == json!([]));
    let has_body = operation.contains_key("requestBody");
    let parameters = operation.get("parameters").and_then(Value::as_array);
    let has = |place: &str| parameters.is_some_and(|all| all.iter().any(|p| p["in"] == place));
    let mut errors = vec!["500"];
    if path.starts_with("/api/") {
        errors.push("503");
    }
    if !is_public {
        errors.extend(["401", "403"]);
        // The pace of the company's plan.
        if path.starts_with("/api/") {
            errors.push("429");
        }
    }
    // From another site, with a browser's cookie.
    if method != "get" {
        errors.push("403");
    }
    if has("path") {
        errors.push("404");
    }
    if has_body {
        errors.extend(["413", "415", "422"]);
    }
    if has("query") {
        errors.push("422");
    }
    errors
}

/// Keys in the alphabet's order, whatever map the JSON library was built with: the snapshot is compared as text.
fn sorted(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<(String, Value)> = fields.into_iter().collect();
            fields.sort_by(|a, b| a.0.cmp(&b.0));
            Value::Object(fields.into_iter().map(|(key, value)| (key, sorted(value))).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(sorted).collect()),
        other => other,
    }
}
