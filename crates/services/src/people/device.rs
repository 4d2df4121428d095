//! What a program calls itself, in a few words that a person recognises their device by. Nothing is decided by it.

/// Programs by a mark in their name, the more telling first: most of them also name others.
const PROGRAMS: [(&str, &str); 11] = [
    ("YaBrowser/", "Yandex Browser"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chromium/", "Chromium"),
    ("Chrome/", "Chrome"),
    ("Version/", "Safari"),
    ("Mozilla/", "Browser"),
];

/// Systems by a mark.
const SYSTEMS: [(&str, &str); 7] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
];

/// `Firefox, Windows`; for what is no browser its own name.
pub(super) fn name(user_agent: &str) -> Option<String> {
    let found = |marks: &[(&str, &'static str)]| {
        marks.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name)
    };
    match (found(&PROGRAMS), found(&SYSTEMS)) {
        (Some(program), Some(system)) => Some(format!("{program}, {system}")),
        (Some(program), None) => Some(program.to_owned()),
        (None, _) => {
            let own = user_agent.split(['/', ' ', '(']).next().unwrap_or_default();
            let own: String = own.chars().filter(|c| !c.is_control()).take(40).collect();
            (!own.is_empty()).then_some(own)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn devices_are_recognised() {
        for (user_agent, expected) in [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0",
                Some("Firefox, Windows"),
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
                Some("Safari, iPhone"),
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 YaBrowser/24.6 Safari/537.36",
                Some("Yandex Browser, Linux"),
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Chrome/126 Edg/126",
                Some("Edge, macOS"),
            ),
            ("curl/7.88.1", Some("curl")),
            ("python-requests/2.32", Some("python-requests")),
            ("", None),
            ("/", None),
        ] {
            assert_eq!(name(user_agent).as_deref(), expected, "{user_agent}");
        }
    }
}
