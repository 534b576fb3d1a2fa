//! A network that reads texts, with the tokenizer that makes numbers of them.

use rten::Value;
use text::{Input, WordPieces};
use tokenizers::{TruncationParams, TruncationStrategy};

use crate::network::Network;
use crate::{InferenceError, ModelFolder, Tokenizer};

/// The file of the network.
const NETWORK: &str = "model.onnx";
/// The file of a tokenizer of the model's own.
const TOKENIZER: &str = "tokenizer.json";

/// A network of the BERT family in memory.
pub(crate) struct TextNetwork {
    network: Network,
    tokens: Tokens,
    longest_input: usize,
}

enum Tokens {
    English,
    Own(Box<tokenizers::Tokenizer>),
}

/// What a network gives for one input.
pub(crate) struct Output<const N: usize> {
    pub(crate) shape: [usize; N],
    pub(crate) numbers: Vec<f32>,
    /// Whether the texts were longer than the network reads.
    pub(crate) is_cut: bool,
}

impl TextNetwork {
    pub(crate) fn load(
        folder: &ModelFolder,
        tokenizer: Tokenizer,
        longest_input: usize,
    ) -> Result<Self, InferenceError> {
        let tokens = match tokenizer {
            Tokenizer::BertBaseUncased => Tokens::English,
            Tokenizer::Own => Tokens::Own(Box::new(own(folder, longest_input)?)),
        };
        Ok(Self { network: Network::load(folder, NETWORK)?, tokens, longest_input })
    }

    /// Runs it over one text, or over two together.
    pub(crate) fn run<const N: usize>(&self, texts: &[&str]) -> Result<Output<N>, InferenceError> {
        let Input { ids, types, is_cut } = match &self.tokens {
            Tokens::English => WordPieces::english().input(texts, self.longest_input),
            Tokens::Own(tokenizer) => self.input(tokenizer, texts)?,
        };
        let shape = [1, ids.len()];
        let named = [("attention_mask", vec![1; ids.len()]), ("input_ids", ids), ("token_type_ids", types)];
        let tensor = |(name, numbers)| {
            let value = Value::from_shape(shape, numbers).map_err(|error| self.network.failed(error))?;
            Ok((name, value))
        };
        let inputs = named.into_iter().map(tensor).collect::<Result<_, InferenceError>>()?;
        let (shape, numbers) = self.network.run(inputs)?;
        Ok(Output { shape, numbers, is_cut })
    }

    #[allow(clippy::needless_pass_by_value, reason = "errors are handed over as map_err gives them")]
    pub(crate) fn failed(&self, reason: impl ToString) -> InferenceError {
        self.network.failed(reason)
    }

    fn input(&self, tokenizer: &tokenizers::Tokenizer, texts: &[&str]) -> Result<Input, InferenceError> {
        let encoded = match texts {
            [one] => tokenizer.encode(*one, true),
            [one, other] => tokenizer.encode((*one, *other), true),
            _ => return Err(self.failed("it reads one text or two together")),
        };
        let encoded = encoded.map_err(|error| self.failed(error))?;
        let signed = |numbers: &[u32]| numbers.iter().map(|&number| number.cast_signed()).collect();
        Ok(Input {
            ids: signed(encoded.get_ids()),
            types: signed(encoded.get_type_ids()),
            is_cut: !encoded.get_overflowing().is_empty(),
        })
    }
}

fn own(folder: &ModelFolder, longest_input: usize) -> Result<tokenizers::Tokenizer, InferenceError> {
    let bytes = folder.read(TOKENIZER)?;
    let name = &folder.manifest().name;
    let not_loaded = |reason: tokenizers::Error| InferenceError::NotLoaded {
        model: name.clone(),
        reason: format!("{TOKENIZER}: {reason}"),
    };
    let mut tokenizer = tokenizers::Tokenizer::from_bytes(bytes).map_err(not_loaded)?;
    // The longer of two texts gives way. As published, tokenizers cut and pad for batches of their own.
    let truncation = TruncationParams {
        max_length: longest_input,
        strategy: TruncationStrategy::LongestFirst,
        ..TruncationParams::default()
    };
    tokenizer.with_padding(None).with_truncation(Some(truncation)).map_err(not_loaded)?;
    Ok(tokenizer)
}
