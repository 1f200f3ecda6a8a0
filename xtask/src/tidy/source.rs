//! Rust text taken apart, so that a rule on code is not fooled by a comment or a string.
//! `code` and `comments` keep every line and column of the original; what belongs elsewhere is
//! blank there.

/// A string literal of the source.
#[derive(Debug, PartialEq, Eq)]
pub struct Literal {
    /// The line it begins on, from 1.
    pub line: usize,
    /// What stands between its quotes, escapes left as written.
    pub text: String,
}

/// A word or a sign of the code.
#[derive(Debug, PartialEq, Eq)]
pub struct Token<'a> {
    /// The line it stands on, from 1.
    pub line: usize,
    /// An identifier or number, `::`, or one sign.
    pub text: &'a str,
}

/// The three layers of a Rust file.
#[derive(Debug, Default)]
pub struct Source {
    /// Code alone: comments and the insides of literals are blank.
    pub code: String,
    /// Comments alone.
    pub comments: String,
    /// The string literals, in order.
    pub literals: Vec<Literal>,
}

impl Source {
    /// Takes a text apart. It follows the language's lexical rules only as far as needed to tell
    /// code, comments and literals from each other.
    pub fn read(text: &str) -> Source {
        let chars: Vec<char> = text.chars().collect();
        let mut reader = Reader {
            chars: &chars,
            at: 0,
            line: 1,
            source: Source::default(),
        };
        while reader.at < chars.len() {
            reader.step();
        }
        reader.source
    }

    /// The code as words and signs.
    pub fn tokens(&self) -> Vec<Token<'_>> {
        let mut tokens = Vec::new();
        for (index, line) in self.code.lines().enumerate() {
            let mut rest = line.trim_start();
            while let Some(first) = rest.chars().next() {
                let length = if is_word(first) {
                    rest.find(|c: char| !is_word(c)).unwrap_or(rest.len())
                } else if rest.starts_with("::") {
                    2
                } else {
                    first.len_utf8()
                };
                tokens.push(Token {
                    line: index + 1,
                    text: &rest[..length],
                });
                rest = rest[length..].trim_start();
            }
        }
        tokens
    }

    /// The first line of a test module written inside the file, which runs to its end; beyond
    /// every line where there is none.
    pub fn tests_begin(&self) -> usize {
        let lines: Vec<&str> = self.code.lines().map(str::trim).collect();
        let opens = |pair: &[&str]| {
            pair[0] == "#[cfg(test)]" && pair[1].starts_with("mod ") && pair[1].ends_with('{')
        };
        lines
            .windows(2)
            .position(opens)
            .map_or(usize::MAX, |index| index + 1)
    }
}

/// Whether the character can stand in an identifier.
pub fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Where a character of the original goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Layer {
    Code,
    Comment,
    Literal,
}

struct Reader<'a> {
    chars: &'a [char],
    at: usize,
    line: usize,
    source: Source,
}

impl Reader<'_> {
    fn peek(&self, ahead: usize) -> char {
        self.chars.get(self.at + ahead).copied().unwrap_or('\0')
    }

    fn take(&mut self, layer: Layer) {
        let Some(&c) = self.chars.get(self.at) else {
            return;
        };
        let on = |here: Layer| if c == '\n' || layer == here { c } else { ' ' };
        self.source.code.push(on(Layer::Code));
        self.source.comments.push(on(Layer::Comment));
        if layer == Layer::Literal
            && let Some(literal) = self.source.literals.last_mut()
        {
            literal.text.push(c);
        }
        self.line += usize::from(c == '\n');
        self.at += 1;
    }

    fn step(&mut self) {
        match (self.peek(0), self.peek(1)) {
            ('/', '/') => self.line_comment(),
            ('/', '*') => self.block_comment(),
            ('"', _) => self.string(0, true),
            ('\'', _) => self.quote(),
            (c, _) if is_word(c) => self.word(),
            _ => self.take(Layer::Code),
        }
    }

    fn line_comment(&mut self) {
        while self.at < self.chars.len() && self.peek(0) != '\n' {
            self.take(Layer::Comment);
        }
    }

    fn block_comment(&mut self) {
        let mut depth = 0;
        while self.at < self.chars.len() {
            let pair = (self.peek(0), self.peek(1));
            depth += i32::from(pair == ('/', '*')) - i32::from(pair == ('*', '/'));
            if matches!(pair, ('/', '*') | ('*', '/')) {
                self.take(Layer::Comment);
            }
            self.take(Layer::Comment);
            if depth == 0 {
                return;
            }
        }
    }

    /// A word; one of the prefixes `r`, `br`, `cr`, `b`, `c` may open a string.
    fn word(&mut self) {
        let start = self.at;
        while is_word(self.peek(0)) {
            self.take(Layer::Code);
        }
        let word: String = self.chars[start..self.at].iter().collect();
        let hashes = self.chars[self.at..]
            .iter()
            .take_while(|&&c| c == '#')
            .count();
        let opens = self.peek(hashes) == '"';
        match word.as_str() {
            "r" | "br" | "cr" if opens => {
                for _ in 0..hashes {
                    self.take(Layer::Code);
                }
                self.string(hashes, false);
            }
            "b" | "c" if hashes == 0 && opens => self.string(0, true),
            _ => {}
        }
    }

    fn string(&mut self, hashes: usize, escapes: bool) {
        self.source.literals.push(Literal {
            line: self.line,
            text: String::new(),
        });
        self.take(Layer::Code);
        while self.at < self.chars.len() {
            let closed = self.peek(0) == '"' && (1..=hashes).all(|ahead| self.peek(ahead) == '#');
            if closed {
                for _ in 0..=hashes {
                    self.take(Layer::Code);
                }
                return;
            }
            if escapes && self.peek(0) == '\\' {
                self.take(Layer::Literal);
            }
            self.take(Layer::Literal);
        }
    }

    /// A character literal, or the mark of a lifetime, which stays in the code.
    fn quote(&mut self) {
        let escaped = self.peek(1) == '\\';
        if !escaped && self.peek(2) != '\'' {
            self.take(Layer::Code);
            return;
        }
        self.source.literals.push(Literal {
            line: self.line,
            text: String::new(),
        });
        self.take(Layer::Code);
        self.take(Layer::Literal);
        if escaped {
            self.take(Layer::Literal);
        }
        while self.at < self.chars.len() && self.peek(0) != '\'' {
            self.take(Layer::Literal);
        }
        self.take(Layer::Code);
    }
}
