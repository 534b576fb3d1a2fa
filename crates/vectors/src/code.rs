//! Vectors of one byte a dimension.

use crate::VectorError;
use crate::similarity::code_product;

/// A vector as whole numbers from -127 to 127 and the factor that leads back to its values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Code<'a> {
    pub scale: f32,
    pub values: &'a [i8],
}

impl Code<'_> {
    pub fn similarity(self, other: Code<'_>) -> f32 {
        code_product(self.values, other.values) as f32 * self.scale * other.scale
    }
}

/// A code with its own values.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct OwnedCode {
    scale: f32,
    values: Box<[i8]>,
}

impl OwnedCode {
    pub fn new(vector: &[f32]) -> Result<Self, VectorError> {
        let largest = vector.iter().fold(0.0_f32, |largest, value| largest.max(value.abs()));
        // `max` passes over NaN, so each value is asked.
        if !vector.iter().all(|value| value.is_finite()) {
            return Err(VectorError::NotFinite);
        }
        let scale = if largest == 0.0 { 1.0 } else { largest / 127.0 };
        let values = vector.iter().map(|value| (value / scale).round() as i8).collect();
        Ok(Self { scale, values })
    }

    pub fn code(&self) -> Code<'_> {
        Code { scale: self.scale, values: &self.values }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_similarity_within_a_hundredth() {
        let left: Vec<f32> = (0..64).map(|i| ((i * 7 % 13) as f32 - 6.0) / 40.0).collect();
        let right: Vec<f32> = (0..64).map(|i| ((i * 5 % 11) as f32 - 5.0) / 40.0).collect();
        let exact = crate::similarity(&left, &right);
        let (left, right) = (OwnedCode::new(&left).unwrap(), OwnedCode::new(&right).unwrap());
        let coded = left.code().similarity(right.code());
        assert!((exact - coded).abs() < 0.01, "{exact} {coded}");
    }

    #[test]
    fn zero_vector_has_a_code() {
        assert_eq!(OwnedCode::new(&[0.0; 3]).unwrap().code().values, &[0, 0, 0]);
    }

    #[test]
    fn refuses_what_is_not_a_number() {
        assert!(matches!(OwnedCode::new(&[0.1, f32::NAN]), Err(VectorError::NotFinite)));
        assert!(matches!(OwnedCode::new(&[f32::INFINITY, 0.1]), Err(VectorError::NotFinite)));
    }
}
