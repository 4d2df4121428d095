//! What can be looked at on this machine alone: settings, folder, keys, mail, dashboard.

use super::Finding;
use crate::{
    config::{Config, unused},
    keys,
    site::Site,
};
use std::{fs, os::unix::fs::PermissionsExt as _, path::Path};

pub(super) fn settings(config: &Config) -> Vec<Finding> {
    let mut findings = match config.check() {
        Ok(()) => vec![Finding::fine("settings", "consistent")],
        Err(problems) => problems
            .0
            .into_iter()
            .map(|problem| Finding::mend(problem.variable, problem.remedy))
            .collect(),
    };
    findings.extend(
        unused::set_in_vain()
            .map(|(variable, instead)| Finding::mind(variable, format!("not used: {instead}"))),
    );
    findings.extend(config.database_url().hint().map(|hint| Finding::mind("DATABASE_URL", hint)));
    findings
}

pub(super) fn data_folder(config: &Config) -> Finding {
    let folder = &config.server.data_dir;
    let name = format!("DATA_DIR {}", folder.display());
    match fs::metadata(folder) {
        Err(_) => Finding::fine(name, "is made at the first start"),
        Ok(found) if !found.is_dir() => Finding::mend(name, "is a file: name a folder"),
        Ok(_) => match tempfile::tempfile_in(folder) {
            Ok(_) => Finding::fine(name, "can be written"),
            Err(error) => Finding::mend(
                name,
                format!("can't be written ({error}): give it to the user that runs this program"),
            ),
        },
    }
}

pub(super) fn keys(config: &Config) -> Vec<Finding> {
    let security = &config.security;
    let keys = [
        ("SECRET_KEY", &security.secret_key, "secret_key", keys::signing_weakness as fn(&str) -> _),
        (
            "ENCRYPTION_MASTER_KEY",
            &security.encryption_master_key,
            "encryption_master_key",
            keys::master_weakness,
        ),
    ];
    let private = security.jwt_private_key_file.iter().map(|path| private_key(path));
    keys.into_iter()
        .filter_map(|(variable, given, file, weakness)| match given {
            // In production the settings' own check has said it.
            None if config.is_production() => None,
            None => Some(key_file(variable, &config.server.data_dir.join(file))),
            Some(list) => Some(match keys::parts(list).find_map(|key| weakness(key.expose())) {
                None => Finding::fine(variable, "set"),
                Some(why) => Finding::mind(variable, why),
            }),
        })
        .chain(private)
        .collect()
}

fn private_key(path: &Path) -> Finding {
    let name = format!("JWT_PRIVATE_KEY_FILE {}", path.display());
    match keys::private_key(path) {
        Err(error) => Finding::mend(name, crate::telemetry::chain(&error)),
        Ok(_) if fs::metadata(path).is_ok_and(|found| found.permissions().mode() & 0o077 != 0) => {
            Finding::mend(name, format!("others can read it: chmod 600 {}", path.display()))
        }
        Ok(key) => Finding::fine(name, format!("{}, kid {}", key.algorithm(), key.kid())),
    }
}

fn key_file(variable: &str, path: &Path) -> Finding {
    let file = path.display();
    match fs::metadata(path) {
        Err(_) => Finding::fine(variable, format!("is made at the first start, in {file}")),
        Ok(found) if found.permissions().mode() & 0o077 != 0 => {
            Finding::mend(variable, format!("others can read it: chmod 600 {file}"))
        }
        Ok(_) => match fs::read_to_string(path) {
            Ok(_) => Finding::fine(variable, format!("in {file}; keep it with your backups")),
            Err(error) => Finding::mend(variable, format!("{file} can't be read: {error}")),
        },
    }
}

pub(super) fn mail(config: &Config) -> Finding {
    match config.mail.mailer() {
        Some(Ok(mailer)) => {
            Finding::fine("mail", format!("letters go through {}", mailer.server()))
        }
        // Said among the settings.
        Some(Err(_)) => {
            Finding::mend("mail", "no letters are sent: look at SMTP_URL and MAIL_FROM")
        }
        None if config.is_production() => Finding::mind(
            "mail",
            "SMTP_URL is not set: nobody who forgot a password can set a new one",
        ),
        None => Finding::mind("mail", "SMTP_URL is not set: links of letters go to the log"),
    }
}

pub(super) fn dashboard() -> Finding {
    if Site::load().is_built() {
        Finding::fine("dashboard", "inside")
    } else {
        Finding::mind("dashboard", "not built, pages come without style: `cargo xtask build`")
    }
}
