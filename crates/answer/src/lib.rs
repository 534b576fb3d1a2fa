//! Question to passages to prompt to streamed answer to checked citations.
