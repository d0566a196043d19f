//! Text to a query.

use super::compare::compile;
use super::{Comparison, Depth, Logical, Pattern, Query, Segment, Selector, Start, Value, is_name, is_name_start};
use crate::source::{Node, Number};

/// How deep parentheses, filters and functions may nest.
const DEEPEST: usize = 64;
/// The largest index, in either direction: what JSON of the web counts exactly.
const LARGEST_INDEX: i64 = (1 << 53) - 1;

/// Where the text of a query leaves the grammar, and what is wrong there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::overlay) struct Fault {
    /// The offset in the text, in bytes.
    pub(in crate::overlay) at: usize,
    /// What belongs there, as a clause.
    pub(in crate::overlay) what: &'static str,
}

type Parsed<T> = Result<T, Fault>;

pub(super) fn parse(text: &str) -> Parsed<Query> {
    let mut parser = Parser { text, at: 0, depth: 0 };
    if !parser.eat("$") {
        return parser.fault("a path starts with `$`");
    }
    let segments = parser.segments()?;
    if parser.at < text.len() {
        return parser.fault("`.name`, `[…]` or the end belongs here; write a key of other characters as `['key']`");
    }
    Ok(Query { from: Start::Root, segments })
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    fn fault<T>(&self, what: &'static str) -> Parsed<T> {
        Err(Fault { at: self.at, what })
    }

    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn eat(&mut self, token: &str) -> bool {
        let found = self.rest().starts_with(token);
        if found {
            self.at += token.len();
        }
        found
    }

    fn require(&mut self, token: &str, what: &'static str) -> Parsed<()> {
        if self.eat(token) { Ok(()) } else { self.fault(what) }
    }

    fn take_while(&mut self, accept: impl Fn(char) -> bool) -> &str {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let end = rest.find(|character| !accept(character)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    fn blanks(&mut self) {
        self.take_while(|character| matches!(character, ' ' | '\t' | '\n' | '\r'));
    }

    /// Reads something that may hold the same again.
    fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.depth == DEEPEST {
            return self.fault("the path nests too deep here");
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }

    fn segments(&mut self) -> Parsed<Vec<Segment>> {
        let mut segments = Vec::new();
        loop {
            let before = self.at;
            self.blanks();
            match self.segment()? {
                Some(segment) => segments.push(segment),
                None => {
                    self.at = before;
                    return Ok(segments);
                }
            }
        }
    }

    fn segment(&mut self) -> Parsed<Option<Segment>> {
        if self.rest().starts_with('[') {
            return self.selectors().map(|selectors| Some(Segment { depth: Depth::Children, selectors }));
        }
        let depth = match () {
            () if self.eat("..") => Depth::Descendants,
            () if self.eat(".") => Depth::Children,
            () => return Ok(None),
        };
        let selectors = match self.peek() {
            Some('[') if depth == Depth::Descendants => self.selectors()?,
            Some('*') => {
                self.at += 1;
                vec![Selector::Wildcard]
            }
            Some(first) if is_name_start(first) => vec![Selector::Name(self.take_while(is_name).to_owned())],
            _ => return self.fault("a name of letters, digits and `_` belongs here; write any other key as `['key']`"),
        };
        Ok(Some(Segment { depth, selectors }))
    }

    fn selectors(&mut self) -> Parsed<Vec<Selector>> {
        self.require("[", "`[` belongs here")?;
        let mut selectors = Vec::new();
        loop {
            self.blanks();
            selectors.push(self.selector()?);
            self.blanks();
            if !self.eat(",") {
                self.require("]", "`]` belongs here")?;
                return Ok(selectors);
            }
        }
    }

    fn selector(&mut self) -> Parsed<Selector> {
        match self.peek() {
            Some('\'' | '"') => self.string().map(Selector::Name),
            Some('*') => {
                self.at += 1;
                Ok(Selector::Wildcard)
            }
            Some('?') => {
                self.at += 1;
                self.blanks();
                self.nested(Self::any).map(Selector::Filter)
            }
            Some('-' | ':' | '0'..='9') => self.index_or_slice(),
            _ => self.fault("a key in quotes, a number, `*`, a slice or `?` belongs here"),
        }
    }

    fn index_or_slice(&mut self) -> Parsed<Selector> {
        let start = self.optional_index()?;
        let after = self.at;
        self.blanks();
        if !self.eat(":") {
            self.at = after;
            return start.map(Selector::Index).map_or_else(|| self.fault("a number belongs here"), Ok);
        }
        self.blanks();
        let end = self.optional_index()?;
        self.blanks();
        let step = if self.eat(":") {
            self.blanks();
            self.optional_index()?
        } else {
            None
        };
        Ok(Selector::Slice { start, end, step: step.unwrap_or(1) })
    }

    fn optional_index(&mut self) -> Parsed<Option<i64>> {
        let start = self.at;
        let negative = self.eat("-");
        let digits = self.take_while(|character| character.is_ascii_digit()).to_owned();
        let value = match (digits.as_str(), negative) {
            ("", false) => return Ok(None),
            ("0", false) => Some(0),
            (digits, _) if digits.starts_with('0') => None,
            (digits, negative) => {
                let value = digits.parse().ok().filter(|value: &i64| *value <= LARGEST_INDEX);
                value.map(|value| if negative { -value } else { value })
            }
        };
        if value.is_none() {
            self.at = start;
            return self.fault("an index is a number without leading zeros, at most 2^53 - 1");
        }
        Ok(value)
    }

    fn any(&mut self) -> Parsed<Logical> {
        self.joined("||", Self::all, Logical::Any)
    }

    fn all(&mut self) -> Parsed<Logical> {
        self.joined("&&", Self::basic, Logical::All)
    }

    fn joined(
        &mut self,
        operator: &str,
        part: fn(&mut Self) -> Parsed<Logical>,
        join: fn(Vec<Logical>) -> Logical,
    ) -> Parsed<Logical> {
        let first = part(self)?;
        let mut more = Vec::new();
        loop {
            let before = self.at;
            self.blanks();
            if !self.eat(operator) {
                self.at = before;
                break;
            }
            self.blanks();
            more.push(part(self)?);
        }
        if more.is_empty() {
            return Ok(first);
        }
        more.insert(0, first);
        Ok(join(more))
    }

    fn basic(&mut self) -> Parsed<Logical> {
        let negated = self.eat("!");
        if negated {
            self.blanks();
        }
        let not = |logical| if negated { Logical::Not(Box::new(logical)) } else { logical };
        if self.eat("(") {
            self.blanks();
            let inner = self.nested(Self::any)?;
            self.blanks();
            self.require(")", "`)` belongs here")?;
            return Ok(not(inner));
        }
        let start = self.at;
        let operand = self.operand()?;
        let after = self.at;
        self.blanks();
        if let Some(comparison) = self.comparison().filter(|_| !negated) {
            self.blanks();
            let left = operand.value().map_or_else(|| self.at_start(start, COMPARABLE), Ok)?;
            let start = self.at;
            let right = self.operand()?.value().map_or_else(|| self.at_start(start, COMPARABLE), Ok)?;
            return Ok(Logical::Compare(left, comparison, right));
        }
        self.at = after;
        match operand {
            Operand::Query(query) => Ok(not(Logical::Exists(query))),
            Operand::Pattern(pattern) => Ok(not(Logical::Matches(pattern))),
            Operand::Value(_) => self.fault("a comparison such as `== 'value'` belongs here"),
        }
    }

    fn at_start<T>(&self, at: usize, what: &'static str) -> Parsed<T> {
        Err(Fault { at, what })
    }

    fn comparison(&mut self) -> Option<Comparison> {
        let operators = [
            ("==", Comparison::Equal),
            ("!=", Comparison::NotEqual),
            ("<=", Comparison::LessOrEqual),
            (">=", Comparison::GreaterOrEqual),
            ("<", Comparison::Less),
            (">", Comparison::Greater),
        ];
        operators.into_iter().find(|(text, _)| self.eat(text)).map(|(_, comparison)| comparison)
    }

    fn operand(&mut self) -> Parsed<Operand> {
        match self.peek() {
            Some('$' | '@') => self.nested(Self::query).map(Operand::Query),
            Some('\'' | '"') => self.string().map(|text| Operand::Value(Value::Literal(Node::String(text)))),
            Some('-' | '0'..='9') => self.number().map(|node| Operand::Value(Value::Literal(node))),
            Some('a'..='z') => self.word(),
            _ => self.fault("`@`, `$`, a literal or a function belongs here"),
        }
    }

    fn query(&mut self) -> Parsed<Query> {
        let from = if self.eat("@") { Start::Current } else { Start::Root };
        if from == Start::Root {
            self.require("$", "`@` or `$` belongs here")?;
        }
        Ok(Query { from, segments: self.segments()? })
    }

    /// `true`, `false`, `null`, or a function.
    fn word(&mut self) -> Parsed<Operand> {
        let start = self.at;
        let word = self.take_while(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_').to_owned();
        let literal = match word.as_str() {
            "true" => Some(Node::Bool(true)),
            "false" => Some(Node::Bool(false)),
            "null" => Some(Node::Null),
            _ => None,
        };
        if let Some(node) = literal {
            return Ok(Operand::Value(Value::Literal(node)));
        }
        if !matches!(word.as_str(), "length" | "count" | "value" | "match" | "search") {
            return self.at_start(start, "the functions are `length`, `count`, `value`, `match` and `search`");
        }
        self.require("(", "`(` belongs here")?;
        self.blanks();
        let function = self.nested(|parser| parser.function(&word))?;
        self.blanks();
        self.require(")", "`)` belongs here")?;
        Ok(function)
    }

    fn function(&mut self, name: &str) -> Parsed<Operand> {
        Ok(match name {
            "length" => Operand::Value(Value::Length(Box::new(self.argument()?))),
            "count" => Operand::Value(Value::Count(self.query()?)),
            "value" => Operand::Value(Value::Only(self.query()?)),
            _ => {
                let text = self.argument()?;
                self.blanks();
                self.require(",", "`,` belongs here")?;
                self.blanks();
                let (pattern, whole) = (self.argument()?, name == "match");
                let compiled = match &pattern {
                    Value::Literal(Node::String(pattern)) => compile(pattern, whole),
                    _ => None,
                };
                Operand::Pattern(Box::new(Pattern { text, pattern, whole, compiled }))
            }
        })
    }

    fn argument(&mut self) -> Parsed<Value> {
        let start = self.at;
        let value = self.operand()?.value();
        value.map_or_else(|| self.at_start(start, "a value, or a path to a single one, belongs here"), Ok)
    }

    fn number(&mut self) -> Parsed<Node> {
        let start = self.at;
        let text = self.take_while(|c| c.is_ascii_digit() || "+-.eE".contains(c)).to_owned();
        // The grammar of numbers is that of JSON.
        let number = serde_json::from_str::<serde_json::Number>(&text).ok().map(|number| {
            let integer = text.parse().ok().or_else(|| number.as_i128());
            integer.map_or_else(|| Number::Float(number.as_f64().unwrap_or_default()), Number::Integer)
        });
        match number {
            Some(number) => Ok(Node::Number(number)),
            None => self.at_start(start, "a number belongs here"),
        }
    }

    fn string(&mut self) -> Parsed<String> {
        let delimiter = self.peek().unwrap_or('\'');
        self.at += 1;
        let mut text = String::new();
        loop {
            match self.peek() {
                None => return self.fault("the text lacks its closing delimiter"),
                Some('\\') => text.push(self.escape(delimiter)?),
                Some(character) if character < ' ' => return self.fault("a control character is written `\\u0000`"),
                Some(character) => {
                    self.at += character.len_utf8();
                    if character == delimiter {
                        return Ok(text);
                    }
                    text.push(character);
                }
            }
        }
    }

    fn escape(&mut self, delimiter: char) -> Parsed<char> {
        let start = self.at;
        self.at += 1;
        let Some(escaped) = self.peek() else { return self.fault("the text lacks its closing delimiter") };
        self.at += escaped.len_utf8();
        match escaped {
            'b' => Ok('\u{8}'),
            'f' => Ok('\u{c}'),
            'n' => Ok('\n'),
            'r' => Ok('\r'),
            't' => Ok('\t'),
            '/' | '\\' => Ok(escaped),
            'u' => self.unicode().map_or_else(|| self.at_start(start, "four hexadecimal digits follow `\\u`"), Ok),
            other if other == delimiter => Ok(other),
            _ => self.at_start(start, "there is no such escape; write `\\\\` for a backslash"),
        }
    }

    fn unicode(&mut self) -> Option<char> {
        let unit = self.hexadecimal()?;
        if !(0xD800..0xDC00).contains(&unit) {
            return char::from_u32(unit);
        }
        let low = if self.eat("\\u") { self.hexadecimal()? } else { return None };
        let low = low.checked_sub(0xDC00).filter(|low| *low < 0x400)?;
        char::from_u32(0x10000 + ((unit - 0xD800) << 10) + low)
    }

    fn hexadecimal(&mut self) -> Option<u32> {
        let digits = self.rest().get(..4).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        let value = u32::from_str_radix(digits, 16).ok()?;
        self.at += 4;
        Some(value)
    }
}

const COMPARABLE: &str = "only literals, functions of values and paths to single values can be compared";

/// What stands on a side of a comparison, or alone.
enum Operand {
    Query(Query),
    Value(Value),
    Pattern(Box<Pattern>),
}

impl Operand {
    /// The value; `None` where it may be several, or where it is true or false only.
    fn value(self) -> Option<Value> {
        match self {
            Self::Query(query) => query.is_singular().then_some(Value::Singular(query)),
            Self::Value(value) => Some(value),
            Self::Pattern(_) => None,
        }
    }
}
