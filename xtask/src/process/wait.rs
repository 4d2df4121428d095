//! Waiting for other programs. Never waits without an end.

use std::{
    io::{Read, Write},
    net::{Ipv4Addr, SocketAddr, TcpStream},
    thread,
    time::Duration,
};

use crate::step::Stopwatch;

const PAUSE: Duration = Duration::from_millis(50);

/// Polls a condition; false when it did not come true in time.
pub fn until(limit: Duration, condition: &mut dyn FnMut() -> bool) -> bool {
    let watch = Stopwatch::start();
    loop {
        if condition() {
            return true;
        }
        if watch.seconds() > limit.as_secs_f32() {
            return false;
        }
        thread::sleep(PAUSE);
    }
}

/// Whether a loopback server answers this path with status 200.
pub fn answers(port: u16, path: &str) -> bool {
    ask(port, path).is_ok_and(|start| start.starts_with("HTTP/1.1 200"))
}

/// Whether anybody listens on a loopback port.
pub fn listens(port: u16) -> bool {
    connect(port).is_ok()
}

/// The status line of a plain GET.
fn ask(port: u16, path: &str) -> std::io::Result<String> {
    let mut stream = connect(port)?;
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n")?;
    let mut start = [0; 12];
    stream.read_exact(&mut start)?;
    Ok(String::from_utf8_lossy(&start).into_owned())
}

fn connect(port: u16) -> std::io::Result<TcpStream> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    TcpStream::connect_timeout(&address, Duration::from_secs(2))
}
