//! An endpoint that writes a long answer as fast as it can be taken.

use std::io::{BufRead as _, BufReader, Read as _, Result, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::thread;

pub struct FastEndpoint(SocketAddr);

impl FastEndpoint {
    /// Serves on a thread of its own until the process ends.
    pub fn start(tokens: usize) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        thread::spawn(move || {
            for stream in listener.incoming() {
                // A client that has gone needs no answer.
                thread::spawn(move || drop(stream.and_then(|stream| answer(stream, tokens))));
            }
        });
        Ok(Self(address))
    }

    pub fn base_url(&self) -> String {
        format!("http://{}/v1", self.0)
    }
}

fn answer(mut stream: TcpStream, tokens: usize) -> Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut length = 0;
    let mut request = String::new();
    reader.read_line(&mut request)?;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or_default();
        }
        if line.trim().is_empty() {
            break;
        }
    }
    reader.read_exact(&mut vec![0; length])?;
    if !request.contains("/chat/completions") {
        return stream.write_all(b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    }
    stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n")?;
    for token in 0..tokens {
        let text = if token % 120 == 119 { r"word [1].\n\n" } else { "word " };
        write!(stream, "data: {{\"choices\":[{{\"index\":0,\"delta\":{{\"content\":\"{text}\"}}}}]}}\n\n")?;
    }
    stream.write_all(
        b"data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n",
    )
}
