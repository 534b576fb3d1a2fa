//! What embedding models want in front of a question or a passage.
//!
//! A model that was trained with an instruction finds worse without it, and says nothing. The texts are those of
//! the models' own cards; a model that is not known here gets none.

/// What goes in front of a question, and of a passage.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Instructions {
    pub(crate) question: &'static str,
    pub(crate) passage: &'static str,
}

const NONE: Instructions = Instructions { question: "", passage: "" };

const SEARCH_PASSAGES: Instructions =
    Instructions { question: "Represent this sentence for searching relevant passages: ", passage: "" };

const WEB_SEARCH_TASK: Instructions = Instructions {
    question: "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery: ",
    passage: "",
};

/// Model families by words that all have to occur in the model's name, the more special ones first.
const FAMILIES: &[(&[&str], Instructions)] = &[
    (&["bge", "-en-icl"], NONE),
    (&["bge", "-en"], SEARCH_PASSAGES),
    (&["bge", "-zh"], Instructions { question: "为这个句子生成表示以用于检索相关文章：", passage: "" }),
    (&["mxbai-embed"], SEARCH_PASSAGES),
    (&["arctic-embed", "v2"], Instructions { question: "query: ", passage: "" }),
    (&["arctic-embed"], SEARCH_PASSAGES),
    (
        &["embeddinggemma"],
        Instructions { question: "task: search result | query: ", passage: "title: none | text: " },
    ),
    (&["e5", "instruct"], WEB_SEARCH_TASK),
    (&["e5-mistral"], WEB_SEARCH_TASK),
    (&["e5-"], Instructions { question: "query: ", passage: "passage: " }),
    (&["gte-qwen2"], WEB_SEARCH_TASK),
    (&["nomic-embed-text"], Instructions { question: "search_query: ", passage: "search_document: " }),
    (
        &["qwen3-embedding"],
        // Its card has no space after the colon.
        Instructions {
            question: "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery:",
            passage: "",
        },
    ),
    (
        &["jina-embeddings-v3"],
        Instructions {
            question: "Represent the query for retrieving evidence documents: ",
            passage: "Represent the document for retrieval: ",
        },
    ),
];

/// The instructions of a model, by its name with or without vendor and version.
pub(crate) fn of_model(model: &str) -> Instructions {
    let model = model.to_lowercase();
    let family = FAMILIES.iter().find(|(words, _)| words.iter().all(|word| model.contains(word)));
    family.map_or(NONE, |(_, instructions)| *instructions)
}

/// What the names of models that embed hold. Lists of models do not tell what each is for.
const NAMES: [&str; 5] = ["embed", "bge-", "e5-", "gte-", "minilm"];

/// Whether a model embeds, as far as its name tells.
#[must_use]
pub fn is_named_embedder(model: &str) -> bool {
    let model = model.to_lowercase();
    NAMES.iter().any(|name| model.contains(name)) && !is_named_reranker(&model)
}

/// Whether a model puts passages in order, as far as its name tells.
#[must_use]
pub fn is_named_reranker(model: &str) -> bool {
    model.to_lowercase().contains("rerank")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_what_a_model_is_for() {
        for model in
            ["nomic-embed-text:latest", "text-embedding-nomic-v1.5", "BAAI/bge-m3", "all-minilm", "gte-large"]
        {
            assert!(is_named_embedder(model), "{model}");
        }
        for model in ["llama3.2:3b", "qwen3-4b", "gemma-3-12b-it", "bge-reranker-v2-m3", "mistral-small"] {
            assert!(!is_named_embedder(model), "{model}");
        }
        assert!(is_named_reranker("BAAI/bge-reranker-v2-m3") && !is_named_reranker("llama3.2"));
    }

    #[test]
    fn knows_the_families() {
        for (model, question, passage) in [
            ("BAAI/bge-large-en-v1.5", "Represent this sentence for searching relevant passages: ", ""),
            ("bge-small-en:latest", "Represent this sentence for searching relevant passages: ", ""),
            ("BAAI/bge-m3", "", ""),
            ("BAAI/bge-en-icl", "", ""),
            ("intfloat/e5-base-v2", "query: ", "passage: "),
            ("intfloat/multilingual-e5-large", "query: ", "passage: "),
            ("nomic-ai/nomic-embed-text-v1.5", "search_query: ", "search_document: "),
            ("thenlper/gte-large", "", ""),
            ("jinaai/jina-embeddings-v2-base-en", "", ""),
            ("text-embedding-3-small", "", ""),
        ] {
            assert_eq!(of_model(model), Instructions { question, passage }, "{model}");
        }
        for model in ["Alibaba-NLP/gte-Qwen2-7B-instruct", "intfloat/multilingual-e5-large-instruct"] {
            assert_eq!(of_model(model), WEB_SEARCH_TASK, "{model}");
        }
        assert!(of_model("Qwen/Qwen3-Embedding-0.6B").question.ends_with("\nQuery:"));
        assert!(of_model("jina-embeddings-v3").passage.starts_with("Represent the document"));
    }
}
