//! A mail server for tests: takes every letter on a loopback port, and shows what it says.

use crate::Post;
use base64::{Engine, engine::general_purpose::STANDARD};
use outbound::Mailer;
use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

/// The server, and what it took. Clones are the same.
#[derive(Clone)]
pub struct Mailbox {
    port: u16,
    taken: Arc<Mutex<Vec<Taken>>>,
    /// How many letters more are put off before one is taken.
    busy: Arc<AtomicUsize>,
}

/// A letter that was taken.
#[derive(Clone, Debug)]
pub struct Taken {
    /// From whom, as the envelope says.
    pub from: String,
    /// To whom.
    pub to: String,
    /// As it came, headers and parts.
    pub source: String,
    /// Its plain text.
    pub text: String,
    /// Its HTML.
    pub html: String,
}

impl Taken {
    /// The last part of the letter's link to this kind of page.
    pub fn token(&self, page: &str) -> Option<String> {
        let (_, rest) = self.text.split_once(&format!("/{page}/"))?;
        Some(rest.split_whitespace().next()?.to_owned())
    }
}

impl Mailbox {
    /// Opens it.
    pub async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let mailbox = Self {
            port: listener.local_addr().expect("an address").port(),
            taken: Arc::default(),
            busy: Arc::default(),
        };
        let served = mailbox.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let served = served.clone();
                tokio::spawn(async move { served.talk(stream).await });
            }
        });
        mailbox
    }

    /// The way there, with hardly a pause between tries.
    pub fn post(&self) -> Post {
        let server = format!("smtp://127.0.0.1:{}?tls=none", self.port);
        let mailer = Mailer::new(&server, "Stock Tracker <noreply@stock.example>");
        Post::smtp(mailer.expect("a mail server")).again_after([Duration::from_millis(1); 3])
    }

    /// Puts off so many letters before it takes one.
    pub fn put_off(&self, letters: usize) {
        self.busy.store(letters, Ordering::SeqCst);
    }

    /// What was taken since this was last asked.
    pub fn take(&self) -> Vec<Taken> {
        std::mem::take(&mut self.taken.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The one letter that was taken.
    pub fn take_one(&self) -> Taken {
        let mut taken = self.take();
        assert_eq!(taken.len(), 1, "one letter: {taken:?}");
        taken.remove(0)
    }

    /// SMTP, as far as a letter needs it.
    async fn talk(&self, mut stream: TcpStream) -> Option<()> {
        let (reader, mut writer) = stream.split();
        let mut lines = BufReader::new(reader).lines();
        writer.write_all(b"220 mailbox ESMTP\r\n").await.ok()?;
        let (mut from, mut to) = (String::new(), String::new());
        while let Some(line) = lines.next_line().await.ok()? {
            let answer = match line.get(..4).unwrap_or_default().to_uppercase().as_str() {
                "EHLO" => "250-mailbox\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n",
                "MAIL" => {
                    from = address(&line);
                    let busy = self
                        .busy
                        .try_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
                    if busy.is_ok() { "451 busy\r\n" } else { "250 fine\r\n" }
                }
                "RCPT" => {
                    to = address(&line);
                    "250 fine\r\n"
                }
                "DATA" => {
                    writer.write_all(b"354 go on\r\n").await.ok()?;
                    let mut source = String::new();
                    while let Some(line) = lines.next_line().await.ok()? {
                        if line == "." {
                            break;
                        }
                        source.push_str(line.strip_prefix('.').unwrap_or(&line));
                        source.push_str("\r\n");
                    }
                    let taken = read(from.clone(), to.clone(), source);
                    self.taken.lock().unwrap_or_else(PoisonError::into_inner).push(taken);
                    "250 taken\r\n"
                }
                "QUIT" => {
                    writer.write_all(b"221 bye\r\n").await.ok()?;
                    return Some(());
                }
                _ => "250 fine\r\n",
            };
            writer.write_all(answer.as_bytes()).await.ok()?;
        }
        Some(())
    }
}

/// `MAIL FROM:<a@b.c> SMTPUTF8` names `a@b.c`.
fn address(line: &str) -> String {
    let inside = line.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
    inside.map(|(address, _)| address.to_owned()).unwrap_or_default()
}

fn read(from: String, to: String, source: String) -> Taken {
    let part = |kind: &str| {
        let (_, rest) = source.split_once(&format!("Content-Type: {kind}")).unwrap_or_default();
        let (head, body) = rest.split_once("\r\n\r\n").unwrap_or_default();
        let body = body.split("\r\n--").next().unwrap_or_default();
        decoded(head, body)
    };
    Taken { from, to, text: part("text/plain"), html: part("text/html"), source }
}

fn decoded(head: &str, body: &str) -> String {
    let bytes = if head.contains("base64") {
        let body: String = body.split_whitespace().collect();
        STANDARD.decode(body).expect("base64")
    } else if head.contains("quoted-printable") {
        let body = body.replace("=\r\n", "");
        let mut bytes = Vec::new();
        let mut rest = body.as_bytes();
        while let [first, after @ ..] = rest {
            if *first == b'=' && after.len() >= 2 {
                let code = std::str::from_utf8(&after[..2]).expect("two digits");
                bytes.push(u8::from_str_radix(code, 16).expect("two digits"));
                rest = &after[2..];
            } else {
                bytes.push(*first);
                rest = after;
            }
        }
        bytes
    } else {
        body.as_bytes().to_vec()
    };
    String::from_utf8(bytes).expect("UTF-8")
}
