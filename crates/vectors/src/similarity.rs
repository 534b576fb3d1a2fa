//! Dot products, compiled for several instruction sets and chosen when the program runs.

/// The cosine of the angle between two vectors of unit length.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512vl", "x86_64+avx2+fma"))]
#[must_use]
pub fn similarity(left: &[f32], right: &[f32]) -> f32 {
    // Sixteen sums side by side, because the compiler may not reorder the additions of one.
    let mut sums = [0.0_f32; 16];
    let (left, left_rest) = left.as_chunks::<16>();
    let (right, right_rest) = right.as_chunks::<16>();
    for (left, right) in left.iter().zip(right) {
        for lane in 0..16 {
            sums[lane] += left[lane] * right[lane];
        }
    }
    let rest: f32 = left_rest.iter().zip(right_rest).map(|(left, right)| left * right).sum();
    sums.iter().sum::<f32>() + rest
}

/// The dot product of two codes. Up to 130,000 dimensions fit the sum (127 · 127 · 130,000 < 2³¹).
#[multiversion::multiversion(targets("x86_64+avx512f+avx512bw+avx512vl", "x86_64+avx2"))]
pub(crate) fn code_product(left: &[i8], right: &[i8]) -> i32 {
    left.iter().zip(right).map(|(&left, &right)| i32::from(left) * i32::from(right)).sum()
}
