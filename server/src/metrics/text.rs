//! Gauges in Prometheus' text format: those that are asked for at each reading, so that what is no more is not shown.

use std::fmt::Write;

/// A page in the making.
#[derive(Default)]
pub struct Page(String);

impl Page {
    /// A measure: its name, what it means, and its values with their labels.
    pub fn gauge<'a>(
        &mut self,
        name: &str,
        meaning: &str,
        values: impl IntoIterator<Item = (Vec<(&'static str, &'a str)>, f64)>,
    ) {
        // Writing to a String does not fail.
        let _ = writeln!(self.0, "# HELP {name} {meaning}\n# TYPE {name} gauge");
        for (labels, value) in values {
            self.0.push_str(name);
            let mut before = '{';
            for (label, text) in &labels {
                let _ = write!(self.0, "{before}{label}=\"{}\"", escaped(text));
                before = ',';
            }
            if before == ',' {
                self.0.push('}');
            }
            let _ = writeln!(self.0, " {value}");
        }
        self.0.push('\n');
    }

    /// One value without labels.
    pub fn one(&mut self, name: &str, meaning: &str, value: f64) {
        self.gauge(name, meaning, [(Vec::new(), value)]);
    }

    /// The text.
    pub fn done(self) -> String {
        self.0
    }
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_written_and_escaped() {
        let mut page = Page::default();
        page.one("a", "One.", 1.5);
        let labels = vec![("state", "do\"ne\n"), ("kind", "sync")];
        page.gauge("b", "Two.", [(labels, 2.0)]);
        assert_eq!(
            page.done(),
            "# HELP a One.\n# TYPE a gauge\na 1.5\n\n\
             # HELP b Two.\n# TYPE b gauge\nb{state=\"do\\\"ne\\n\",kind=\"sync\"} 2\n\n"
        );
    }
}
