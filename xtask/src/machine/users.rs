//! PostgreSQL refuses to run as root: then it runs as its own user.

use std::fs;

/// Numbers of a user and its group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct User {
    pub uid: u32,
    pub gid: u32,
}

/// Whom to become; none when xtask is not root and may stay itself.
pub fn to_become() -> Option<User> {
    if !rustix::process::geteuid().is_root() {
        return None;
    }
    let passwd = fs::read_to_string("/etc/passwd").unwrap_or_default();
    ["postgres", "nobody"].iter().find_map(|name| named(&passwd, name))
}

fn named(passwd: &str, name: &str) -> Option<User> {
    passwd.lines().find_map(|line| {
        let mut fields = line.split(':');
        let found = fields.next() == Some(name);
        let numbers = (fields.nth(1)?.parse().ok()?, fields.next()?.parse().ok()?);
        found.then_some(User { uid: numbers.0, gid: numbers.1 })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_the_third_and_fourth_fields() {
        let passwd = "root:x:0:0:root:/root:/bin/bash\npostgres:x:101:104::/var/lib:/bin/sh\n";
        assert_eq!(named(passwd, "postgres"), Some(User { uid: 101, gid: 104 }));
        assert_eq!(named(passwd, "nobody"), None);
    }
}
