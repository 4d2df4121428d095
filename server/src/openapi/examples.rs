//! An example for every body, asked or answered: from the examples of its fields, and for a field without one a value
//! that its schema allows.

use serde_json::{Map, Value, json};

/// Deeper than any body of ours; a schema that contains itself ends here.
const DEEPEST: usize = 24;

/// Adds what is missing to an operation.
pub fn add(operation: &mut Map<String, Value>, schemas: &Value) {
    for content in operation.get_mut("requestBody").into_iter().filter_map(|b| b.get_mut("content"))
    {
        to_content(content, schemas);
    }
    let responses = operation.get_mut("responses").and_then(Value::as_object_mut);
    for response in responses.into_iter().flatten().map(|(_, response)| response) {
        if let Some(content) = response.get_mut("content") {
            to_content(content, schemas);
        }
    }
    // Only what has to be given: a prefilled filter would mislead.
    let parameters = operation.get_mut("parameters").and_then(Value::as_array_mut);
    for parameter in parameters.into_iter().flatten().filter(|p| p["required"] == true) {
        if parameter.get("example").is_none() {
            let name = parameter["name"].as_str().unwrap_or_default().to_owned();
            parameter["example"] = of_field(&name, &parameter["schema"], schemas, 0);
        }
    }
}

fn to_content(content: &mut Value, schemas: &Value) {
    for (kind, media) in content.as_object_mut().into_iter().flatten() {
        if media.get("example").is_some() || media.get("examples").is_some() {
            continue;
        }
        let example = of(&media["schema"], schemas, 0);
        media["example"] = match kind.as_str() {
            "text/event-stream" => format!("event: sync\ndata: {example}\n\n").into(),
            _ => example,
        };
    }
}

/// A value of the schema.
pub fn of(schema: &Value, schemas: &Value, depth: usize) -> Value {
    if depth > DEEPEST {
        return Value::Null;
    }
    if let Some(name) = schema["$ref"].as_str().and_then(|text| text.rsplit('/').next()) {
        return of(&schemas[name], schemas, depth + 1);
    }
    if let Some(example) = schema.get("example").or_else(|| schema.get("const")) {
        return example.clone();
    }
    if let Some(first) = schema["examples"].get(0).or_else(|| schema["enum"].get(0)) {
        return first.clone();
    }
    for choice in ["oneOf", "anyOf"] {
        if let Some(choices) = schema[choice].as_array() {
            let is_something = |choice: &&Value| choice["type"] != "null";
            let first = choices.iter().find(is_something).unwrap_or(&Value::Null);
            return of(first, schemas, depth + 1);
        }
    }
    if let Some(parts) = schema["allOf"].as_array() {
        let parts = parts.iter().map(|part| of(part, schemas, depth + 1));
        return Value::Object(
            parts.filter_map(|part| part.as_object().cloned()).flatten().collect(),
        );
    }
    of_type(schema, schemas, depth)
}

fn of_type(schema: &Value, schemas: &Value, depth: usize) -> Value {
    let kind = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().find(|kind| **kind != "null").unwrap_or(&Value::Null),
        kind => kind,
    };
    match kind.as_str().unwrap_or_default() {
        "object" => {
            let fields = schema["properties"].as_object().into_iter().flatten();
            let of = |(name, field): (&String, &Value)| {
                (name.clone(), of_field(name, field, schemas, depth + 1))
            };
            Value::Object(fields.map(of).collect())
        }
        "array" => json!([of(&schema["items"], schemas, depth + 1)]),
        "integer" => schema.get("minimum").cloned().unwrap_or_else(|| json!(1)),
        "number" => json!(1.5),
        "boolean" => json!(true),
        "string" => of_text(schema["format"].as_str().unwrap_or_default()).into(),
        _ => Value::Null,
    }
}

/// What a field of this name usually holds, if its schema has nothing of its own to show.
fn of_field(name: &str, schema: &Value, schemas: &Value, depth: usize) -> Value {
    let has_its_own = ["$ref", "example", "enum", "const", "oneOf", "anyOf", "allOf", "format"];
    let is_text = schema["type"] == "string"
        || schema["type"].as_array().is_some_and(|kinds| kinds.contains(&json!("string")));
    if !is_text || has_its_own.iter().any(|key| schema.get(key).is_some()) {
        return of(schema, schemas, depth);
    }
    let text = match name {
        "access_token" | "refresh_token" => "eyJhbGciOiJIUzI1NiIs…",
        "email" => "anna@example.com",
        "token" => "Zk9dQ2aBx7Lr0WmT4uVhY1cPnE8sGfJ5oK3iXvR6bNw",
        "tenant_name" | "company_name" | "brand" => "Дом и уют",
        "name" | "seller_name" => "ИП Анна Петрова",
        "product_name" => "Кружка керамическая 350 мл",
        "seller_article" => "КР-350-БЕЛ",
        "marketplace_article" => "168432190",
        "marketplace_offer" => "271960115",
        "warehouse_name" => "Коледино",
        "region" => "Центральный федеральный округ",
        "subject" => "Кружки",
        "currency" => "RUB",
        "size" => "M",
        "photo_url" => {
            "https://basket-12.wbbasket.ru/vol1684/part168432/168432190/images/c246x328/1.webp"
        }
        "next_cursor" => "eyJzIjoidXBkYXRlZF9hdCJ9",
        "message" | "detail" => "Done",
        "locale" => "ru",
        _ => "text",
    };
    text.into()
}

fn of_text(format: &str) -> &'static str {
    match format {
        "uuid" => "01997f3a-e0b1-7a5c-8d3f-2b6c4e9a1d70",
        "date-time" => "2026-09-15T09:00:00Z",
        "date" => "2026-09-15",
        "password" => "correct horse battery",
        "email" => "anna@example.com",
        "uri" => "https://stock.example.com/",
        _ => "text",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_follows_its_schema() {
        let schemas = json!({
            "Kind": {"type": "string", "enum": ["base", "test"]},
            "Loop": {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/Loop"}}},
        });
        for (schema, expected) in [
            (json!({"$ref": "#/components/schemas/Kind"}), json!("base")),
            (json!({"type": ["integer", "null"], "format": "int64"}), json!(1)),
            (
                json!({"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/Kind"}]}),
                json!("base"),
            ),
            (
                json!({"type": "array", "items": {"type": "string", "format": "date"}}),
                json!(["2026-09-15"]),
            ),
            (
                json!({"allOf": [
                    {"type": "object", "properties": {"brand": {"type": ["string", "null"]}}},
                    {"type": "object", "properties": {"page": {"type": "integer", "minimum": 0}}},
                ]}),
                json!({"brand": "Дом и уют", "page": 0}),
            ),
        ] {
            assert_eq!(of(&schema, &schemas, 0), expected, "{schema}");
        }
        assert!(of(&json!({"$ref": "#/components/schemas/Loop"}), &schemas, 0).is_object());
    }
}
