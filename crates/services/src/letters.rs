//! What letters say, in both languages: plain text and plain HTML, nothing loaded from anywhere.

use domain::Locale;

/// A letter's words.
pub(crate) struct Words {
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// A link to set a new password.
pub(crate) fn reset_password(locale: Locale, email: &str, link: &str) -> Words {
    match locale {
        Locale::Ru => Page {
            subject: "Новый пароль",
            before: vec![format!(
                "Для аккаунта {email} попросили новый пароль. Его можно задать в течение часа:"
            )],
            link: Some(("Задать новый пароль", link)),
            after: "Если это были не вы, ничего делать не нужно: пароль останется прежним.",
        },
        Locale::En => Page {
            subject: "A new password",
            before: vec![format!(
                "A new password was asked for the account {email}. Set it within an hour:"
            )],
            link: Some(("Set a new password", link)),
            after: "If it was not you, there is nothing to do: the password stays as it is.",
        },
    }
    .write(locale)
}

/// A link that proves the address.
pub(crate) fn verify_email(locale: Locale, email: &str, link: &str) -> Words {
    match locale {
        Locale::Ru => Page {
            subject: "Подтвердите почту",
            before: vec![format!(
                "Адрес {email} указали при регистрации. Подтвердите, что он ваш:"
            )],
            link: Some(("Подтвердить почту", link)),
            after: "Если вы не регистрировались, просто удалите это письмо.",
        },
        Locale::En => Page {
            subject: "Confirm your e-mail",
            before: vec![format!(
                "The address {email} was given at registration. Confirm that it is yours:"
            )],
            link: Some(("Confirm the e-mail", link)),
            after: "If you did not register, just delete this letter.",
        },
    }
    .write(locale)
}

/// That the password is another one now, with the way back for who did not do it.
pub(crate) fn password_changed(locale: Locale, email: &str, link: &str) -> Words {
    match locale {
        Locale::Ru => Page {
            subject: "Пароль изменён",
            before: vec![
                format!("Пароль аккаунта {email} изменён, на остальных устройствах выполнен выход."),
                "Если это были не вы, сразу задайте новый пароль:".into(),
            ],
            link: Some(("Восстановить доступ", link)),
            after: "Если это были вы, ничего делать не нужно.",
        },
        Locale::En => Page {
            subject: "Your password was changed",
            before: vec![
                format!("The password of the account {email} was changed, and other devices were signed out."),
                "If it was not you, set a new password at once:".into(),
            ],
            link: Some(("Recover the account", link)),
            after: "If it was you, there is nothing to do.",
        },
    }
    .write(locale)
}

/// That no code is asked for any more.
pub(crate) fn second_factor_off(locale: Locale, email: &str, link: &str) -> Words {
    match locale {
        Locale::Ru => Page {
            subject: "Вход по коду отключён",
            before: vec![
                format!("Для аккаунта {email} отключён код при входе: теперь достаточно пароля."),
                "Если это были не вы, сразу задайте новый пароль:".into(),
            ],
            link: Some(("Восстановить доступ", link)),
            after: "Если это были вы, ничего делать не нужно.",
        },
        Locale::En => Page {
            subject: "The code at sign-in was switched off",
            before: vec![
                format!("The account {email} asks for no code at sign-in any more: the password is enough."),
                "If it was not you, set a new password at once:".into(),
            ],
            link: Some(("Recover the account", link)),
            after: "If it was you, there is nothing to do.",
        },
    }
    .write(locale)
}

struct Page<'a> {
    subject: &'static str,
    before: Vec<String>,
    link: Option<(&'static str, &'a str)>,
    after: &'static str,
}

impl Page<'_> {
    fn write(self, locale: Locale) -> Words {
        let mut text = String::new();
        let mut html = format!(
            "<!DOCTYPE html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{}</title></head>\n<body style=\"font: 16px/1.5 sans-serif\">\n",
            locale.tag(),
            self.subject
        );
        for paragraph in self.before {
            text.push_str(&format!("{paragraph}\n\n"));
            html.push_str(&format!("<p>{}</p>\n", escaped(&paragraph)));
        }
        if let Some((label, link)) = self.link {
            text.push_str(&format!("{link}\n\n"));
            html.push_str(&format!("<p><a href=\"{}\">{label}</a></p>\n", escaped(link)));
        }
        text.push_str(&format!("{}\n\n-- \nStock Tracker\n", self.after));
        html.push_str(&format!("<p>{}</p>\n<p>Stock Tracker</p>\n</body></html>\n", self.after));
        Words { subject: format!("{} · Stock Tracker", self.subject), text, html }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_hold_the_link_and_nothing_is_loaded() {
        let link = "http://127.0.0.1:8000/reset/abc";
        for locale in [Locale::Ru, Locale::En] {
            for write in [reset_password, verify_email, password_changed, second_factor_off] {
                let words = write(locale, "o'brien&\"<b>@example.com", link);
                assert!(words.text.contains(link) && words.html.contains(link));
                assert!(words.html.contains("o'brien&amp;&quot;&lt;b&gt;@example.com"));
                assert!(!words.html.contains("src=") && !words.html.contains("<b>"));
            }
        }
    }
}
