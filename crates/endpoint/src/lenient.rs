//! Reading what servers send in place of what the schema says: what cannot be read counts as not sent.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// `null` and anything of another type count as the type's default.
pub(crate) fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + DeserializeOwned,
{
    Ok(T::deserialize(Value::deserialize(deserializer)?).unwrap_or_default())
}

/// The items of a list that can be read.
pub(crate) fn items<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    let Value::Array(items) = Value::deserialize(deserializer)? else { return Ok(Vec::new()) };
    Ok(items.into_iter().filter_map(|item| T::deserialize(item).ok()).collect())
}

/// A text that says something: `null`, the empty string and anything that is no text count as none.
pub(crate) fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::String(text) if !text.is_empty() => Some(text),
        _ => None,
    })
}

/// A whole number from 0; see [`count_in`].
pub(crate) fn count<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: TryFrom<u64>,
{
    Ok(count_in(&Value::deserialize(deserializer)?).and_then(|count| T::try_from(count).ok()))
}

/// [`count`], with 0 for none.
pub(crate) fn count_or_zero<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: TryFrom<u64> + Default,
{
    Ok(count(deserializer)?.unwrap_or_default())
}

/// A number; what is none becomes one that is not finite, for the reader to name.
pub(crate) fn number_or_nan<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    Ok(number_in(&Value::deserialize(deserializer)?).unwrap_or(f64::NAN))
}

/// A whole number from 0: `12`, `12.0` or `"12"`.
pub(crate) fn count_in(value: &Value) -> Option<u64> {
    number_in(value).filter(|number| *number >= 0.0 && number.fract() == 0.0).map(|number| number as u64)
}

/// A finite number, as itself or as text.
pub(crate) fn number_in(value: &Value) -> Option<f64> {
    let number = value.as_f64().or_else(|| value.as_str()?.trim().parse().ok());
    number.filter(|number| number.is_finite())
}

/// The same JSON with `null` in the place of `NaN`, `Infinity` and `-Infinity`, which servers in Python write as
/// numbers; none where there are none.
pub(crate) fn without_non_finite(json: &[u8]) -> Option<Vec<u8>> {
    const NAMES: [&[u8]; 3] = [b"NaN", b"Infinity", b"-Infinity"];
    let mut mended = Vec::with_capacity(json.len());
    let (mut rest, mut in_text, mut found) = (json, false, false);
    while let Some((&first, after)) = rest.split_first() {
        let name = NAMES.iter().find(|name| !in_text && rest.starts_with(name));
        let taken = match (name, first) {
            (Some(name), _) => {
                found = true;
                mended.extend_from_slice(b"null");
                rest = &rest[name.len()..];
                continue;
            }
            (None, b'\\') if in_text && !after.is_empty() => 2,
            (None, b'"') => {
                in_text = !in_text;
                1
            }
            (None, _) => 1,
        };
        mended.extend_from_slice(&rest[..taken]);
        rest = &rest[taken..];
    }
    found.then_some(mended)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_numbers_that_are_none_become_null() {
        let mend =
            |json: &str| without_non_finite(json.as_bytes()).map(|json| String::from_utf8(json).unwrap());
        assert_eq!(
            mend(r#"{"a":[NaN, -Infinity,1,Infinity],"b":"NaN \" NaN"}"#).as_deref(),
            Some(r#"{"a":[null, null,1,null],"b":"NaN \" NaN"}"#)
        );
        for untouched in [r#"{"a":"NaN"}"#, "", r#""\"#, r#""a\"Infinity"#] {
            assert_eq!(mend(untouched), None, "{untouched}");
        }
    }
}
