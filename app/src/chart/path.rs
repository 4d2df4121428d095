//! From a row of values to SVG paths; a gap where nothing is known.

use std::fmt::Write as _;

/// A line through the middle of each day, broken where a value is missing. `height` is in per cent.
pub fn line(values: &[Option<i64>], height: impl Fn(i64) -> f64) -> String {
    let mut path = String::new();
    for (start, len) in runs(values, Option::is_some) {
        for (i, value) in values[start..start + len].iter().enumerate() {
            let pen = if i == 0 { 'M' } else { 'L' };
            point(&mut path, pen, start + i, height(value.unwrap_or_default()));
        }
        if len == 1 {
            // A lone day is a dot: a line of no length with round ends.
            path.push_str("h0");
        }
    }
    path
}

/// The same, filled down to the axis.
pub fn area(values: &[Option<i64>], height: impl Fn(i64) -> f64) -> String {
    let mut path = String::new();
    for (start, len) in runs(values, Option::is_some) {
        point(&mut path, 'M', start, 0.0);
        for (i, value) in values[start..start + len].iter().enumerate() {
            point(&mut path, 'L', start + i, height(value.unwrap_or_default()));
        }
        point(&mut path, 'L', start + len - 1, 0.0);
        path.push('Z');
    }
    path
}

/// A level for each day, from its morning to its evening: what holds until it changes.
pub fn steps(values: &[Option<i64>], height: impl Fn(i64) -> f64) -> String {
    let mut path = String::new();
    for (start, len) in runs(values, Option::is_some) {
        for (i, value) in values[start..start + len].iter().enumerate() {
            let y = rounded(100.0 - height(value.unwrap_or_default()));
            let pen = if i == 0 { format!("M{start} {y}") } else { format!("V{y}") };
            let _ = write!(path, "{pen}H{}", start + i + 1);
        }
    }
    path
}

/// Layers that lie on each other, the lowest first: each from the sum of those below to the sum with it. Days that
/// any layer does not know are in none.
pub fn stacked(layers: &[Vec<Option<i64>>], height: impl Fn(i64) -> f64) -> Vec<String> {
    let days = layers.iter().map(Vec::len).min().unwrap_or_default();
    let known: Vec<bool> =
        (0..days).map(|day| layers.iter().all(|layer| layer[day].is_some())).collect();
    let stretches = runs(&known, |known| *known);
    let mut below = vec![0_i64; days];
    let mut paths = Vec::with_capacity(layers.len());
    for layer in layers {
        let above: Vec<i64> = below
            .iter()
            .zip(layer)
            .map(|(below, value)| below + value.unwrap_or_default())
            .collect();
        let mut path = String::new();
        for (start, len) in &stretches {
            for day in *start..start + len {
                let pen = if day == *start { 'M' } else { 'L' };
                point(&mut path, pen, day, height(above[day]));
            }
            for day in (*start..start + len).rev() {
                point(&mut path, 'L', day, height(below[day]));
            }
            path.push('Z');
        }
        paths.push(path);
        below = above;
    }
    paths
}

/// Columns over the full height, one a stretch of days.
pub fn columns(stretches: &[(usize, usize)]) -> String {
    let mut path = String::new();
    for (start, len) in stretches {
        let _ = write!(path, "M{start} 0h{len}v100h-{len}Z");
    }
    path
}

fn point(path: &mut String, pen: char, day: usize, height: f64) {
    let y = rounded(100.0 - height);
    // Writing to a String can't fail.
    let _ = write!(path, "{pen}{day}.5 {y}");
}

/// A tenth of a per cent is less than a pixel.
fn rounded(y: f64) -> f64 {
    (y * 10.0).round() / 10.0
}

/// Stretches of days that have something in common: (first, how many).
pub fn runs<T>(values: &[T], is_in: impl Fn(&T) -> bool) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = None;
    for (i, value) in values.iter().enumerate() {
        match (is_in(value), start) {
            (true, None) => start = Some(i),
            (false, Some(from)) => {
                found.push((from, i - from));
                start = None;
            }
            _ => {}
        }
    }
    if let Some(from) = start {
        found.push((from, values.len() - from));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::cast_precision_loss, reason = "small numbers")]
    fn gaps_break_the_line() {
        let values = [None, Some(10), Some(0), None, Some(50)];
        let height = |v: i64| v as f64;
        assert_eq!(line(&values, height), "M1.5 90L2.5 100M4.5 50h0");
        assert_eq!(
            area(&values, height),
            "M1.5 100L1.5 90L2.5 100L2.5 100ZM4.5 100L4.5 50L4.5 100Z"
        );
        assert_eq!(line(&[], height), "");
    }

    #[test]
    #[expect(clippy::cast_precision_loss, reason = "small numbers")]
    fn layers_lie_on_each_other_and_prices_hold_until_they_change() {
        let height = |v: i64| v as f64;
        let layers = [vec![Some(10), Some(20), None], vec![Some(5), Some(0), Some(1)]];
        assert_eq!(
            stacked(&layers, height),
            ["M0.5 90L1.5 80L1.5 100L0.5 100Z", "M0.5 85L1.5 80L1.5 80L0.5 90Z"]
        );
        assert!(stacked(&[], height).is_empty());
        assert_eq!(steps(&[None, Some(90), Some(90), Some(70), None], height), "M1 10H2V10H3V30H4");
    }

    #[test]
    fn runs_are_found_to_the_end() {
        assert_eq!(runs(&[1, 0, 0, 2, 0], |v| *v == 0), [(1, 2), (4, 1)]);
        assert_eq!(columns(&[(1, 2), (4, 1)]), "M1 0h2v100h-2ZM4 0h1v100h-1Z");
        assert_eq!(runs::<i64>(&[], |_| true), []);
    }
}
