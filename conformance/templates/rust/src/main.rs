//! An adapter for Touchstone: it answers every line of JSON with one. No crates are needed.
//!
//! To offer your own operators, put them into OPERATORS, computed with the code to be judged.
//! Standard output is for answers alone; whatever else there is to say goes to standard error.
use std::io::{self, BufRead, Write};

fn sigmoid(x: f64) -> f64 {
    let e = (-x.abs()).exp();
    if x >= 0.0 {
        1.0 / (1.0 + e)
    } else {
        e / (1.0 + e)
    }
}

fn sigmoid_slope(x: f64) -> f64 {
    let e = (-x.abs()).exp();
    e / ((1.0 + e) * (1.0 + e))
}

/// Each with its derivative: a number in, a number out, in double precision.
type Operator = (&'static str, fn(f64) -> f64, fn(f64) -> f64);
const OPERATORS: &[Operator] = &[(r#""sigmoid""#, sigmoid, sigmoid_slope)];

fn hello() -> String {
    let ops: Vec<String> = OPERATORS
        .iter()
        .map(|(name, ..)| format!(r#"{name}:{{"grad":["input"]}}"#))
        .collect();
    let said = r#"{"protocol":1,"impl":{"name":"my-adapter","version":"0.1","language":"Rust"},
        "encodings":["jsonl"],"dtypes":["f32"],"dialect":"spec",
        "policy":{"ftz":"none","signed_zero":"strict","deterministic":true},"ops":{OPS}}"#;
    said.replace("\n        ", "")
        .replace("OPS", &ops.join(","))
}

// JSON. A value is its text: nothing is copied, and what is not asked for is skipped.

/// The value that a text begins with, and what follows it.
fn value(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    let (mut depth, mut quoted, mut escaped) = (0, false, false);
    for (i, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => quoted = !quoted,
            _ if quoted => {}
            '{' | '[' => depth += 1,
            '}' | ']' if depth > 0 => depth -= 1,
            '}' | ']' | ',' | ' ' | '\t' | '\r' | '\n' if depth == 0 => return text.split_at(i),
            _ => continue,
        }
        // At the end of a string, an array or an object.
        if depth == 0 && !quoted && !escaped {
            return text.split_at(i + c.len_utf8());
        }
    }
    (text, "")
}

/// The elements of an array; the names and values of an object by turns.
fn parts(text: &str) -> Vec<&str> {
    let mut all = Vec::new();
    let mut rest = text.strip_prefix(['[', '{']).unwrap_or("").trim_start();
    while !rest.is_empty() && !rest.starts_with([']', '}']) {
        let (first, behind) = value(rest);
        all.push(first);
        rest = behind.trim_start();
        rest = rest.strip_prefix([',', ':']).unwrap_or("]").trim_start();
    }
    all
}

/// A member of an object by its name in quotes; null where there is none.
fn member<'a>(object: &'a str, quoted: &str) -> &'a str {
    let parts = parts(object);
    let found = parts.chunks_exact(2).find(|pair| pair[0] == quoted);
    found.map_or("null", |pair| pair[1])
}

// Base64 of float32, little-endian.

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The numbers of a tensor; what is wrong with it otherwise.
fn decode(tensor: &str) -> Result<Vec<f32>, Refusal> {
    if member(tensor, r#""dtype""#) != r#""f32""# {
        return Err(("invalid_input", "the dtype should be f32"));
    }
    let (mut bytes, mut bits, mut spare) = (Vec::new(), 0u32, 0);
    for c in member(tensor, r#""b64""#).bytes() {
        let Some(digit) = DIGITS.iter().position(|&d| d == c) else {
            continue;
        };
        bits = bits << 6 | digit as u32;
        spare += 6;
        if spare >= 8 {
            spare -= 8;
            bytes.push((bits >> spare) as u8);
        }
    }
    let lengths = parts(member(tensor, r#""shape""#));
    let due: usize = lengths.iter().map(|n| n.parse().unwrap_or(0)).product();
    if bytes.len() != 4 * due {
        return Err((
            "invalid_input",
            "the elements are not as many as the shape has",
        ));
    }
    let elements = bytes.chunks_exact(4);
    Ok(elements
        .map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]]))
        .collect())
}

fn encode(shape: &str, numbers: &[f32]) -> String {
    let bytes: Vec<u8> = numbers.iter().flat_map(|y| y.to_le_bytes()).collect();
    let mut b64 = String::new();
    for three in bytes.chunks(3) {
        let bits =
            three.iter().fold(0u32, |bits, &b| bits << 8 | b as u32) << (8 * (3 - three.len()));
        for i in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * i)) as usize & 63] as char;
            b64.push(if i <= three.len() { digit } else { '=' });
        }
    }
    format!(r#"{{"dtype":"f32","shape":{shape},"b64":"{b64}"}}"#)
}

// Answers. What is not legal is an error of kind invalid_input, never a number.

type Refusal = (&'static str, &'static str);

/// The fields of an answer behind its id.
fn run(message: &str) -> Result<String, Refusal> {
    let op = member(message, r#""op""#);
    let Some((_, f, slope)) = OPERATORS.iter().find(|(name, ..)| *name == op) else {
        return Err(("unsupported", "there is no such operator"));
    };
    if !parts(member(message, r#""params""#)).is_empty() {
        return Err(("invalid_input", "there are no parameters"));
    }
    let inputs = member(message, r#""in""#);
    let input = member(inputs, r#""input""#);
    if input == "null" || parts(inputs).len() > 2 {
        return Err(("invalid_input", "there should be one input, called input"));
    }
    let x = decode(input)?;
    let u = match member(message, r#""grad_out""#) {
        "null" => vec![1.0; x.len()],
        cotangent => decode(cotangent)?,
    };
    let mut fields = String::new();
    let wanted = match member(message, r#""want""#) {
        "null" => vec![r#""out""#],
        names => parts(names),
    };
    for name in wanted {
        let y: Vec<f32> = match name {
            r#""out""# => x.iter().map(|&xi| f(xi as f64) as f32).collect(),
            r#""grad:input""# => x
                .iter()
                .zip(&u)
                .map(|(&xi, &ui)| (ui as f64 * slope(xi as f64)) as f32)
                .collect(),
            _ => return Err(("unsupported", "want out or grad:input")),
        };
        fields += &format!(",{name}:{}", encode(member(input, r#""shape""#), &y));
    }
    Ok(fields)
}

fn answer(message: &str) -> String {
    let fields = match member(message, r#""cmd""#) {
        r#""hello""# => return hello(),
        r#""ping""# => return r#"{"pong":true}"#.to_string(),
        "null" | r#""run""# => run(message),
        _ => Err(("unsupported", "there is no such cmd")),
    };
    let fields = fields
        .unwrap_or_else(|(kind, why)| format!(r#","error":{{"kind":"{kind}","message":"{why}"}}"#));
    format!(r#"{{"id":{}{fields}}}"#, member(message, r#""id""#))
}

fn main() -> io::Result<()> {
    for line in io::stdin().lock().lines() {
        let line = line?;
        if member(line.trim(), r#""cmd""#) == r#""bye""# {
            break;
        }
        println!("{}", answer(line.trim()));
        io::stdout().flush()?;
    }
    Ok(())
}
