"""The official OpenAI client against the loopback endpoint: a stand-in that only our own client can talk to proves
nothing.

    python openai_client.py BASE_URL KEY

Ends with status 1 and a line for each call that did not give what it should.
"""

import base64
import math
import sys

import checks
import openai

CHAT_MODEL = "loopback-chat"
EMBEDDING_MODEL = "BAAI/bge-large-en-v1.5"
RERANK_MODEL = "loopback-rerank"
IMAGE_MODEL = "loopback-image"
VISION_MODEL = "loopback-vision"
SOURCE = '<source id="1" title="Tides">\nThe mean range at Dover is 6.0 metres.\n</source>'
QUESTION = f"{SOURCE}\n\n<question>\nWhat is the mean range at Dover?\n</question>"
MESSAGES = [{"role": "system", "content": "Answer from the sources."}, {"role": "user", "content": QUESTION}]


def models(client):
    names = [model.id for model in client.models.list().data]
    assert names == [CHAT_MODEL, EMBEDDING_MODEL, RERANK_MODEL, IMAGE_MODEL, VISION_MODEL], names


def chat(client):
    answer = client.chat.completions.create(model=CHAT_MODEL, messages=MESSAGES)
    assert "6.0 metres" in answer.choices[0].message.content, answer
    assert answer.choices[0].finish_reason == "stop"
    assert answer.usage.total_tokens == answer.usage.prompt_tokens + answer.usage.completion_tokens > 0


def chat_stream(client):
    whole = client.chat.completions.create(model=CHAT_MODEL, messages=MESSAGES).choices[0].message.content
    chunks = list(
        client.chat.completions.create(
            model=CHAT_MODEL, messages=MESSAGES, stream=True, stream_options={"include_usage": True}
        )
    )
    text = "".join(choice.delta.content or "" for chunk in chunks for choice in chunk.choices)
    assert text == whole, (text, whole)
    assert chunks[0].choices[0].delta.role == "assistant"
    assert chunks[-1].choices == [] and chunks[-1].usage.total_tokens > 0
    assert [choice.finish_reason for chunk in chunks for choice in chunk.choices][-1] == "stop"


def completions(client):
    whole = client.completions.create(model=CHAT_MODEL, prompt=QUESTION).choices[0].text
    assert "6.0 metres" in whole, whole
    pieces = client.completions.create(model=CHAT_MODEL, prompt=QUESTION, stream=True)
    assert "".join(piece.choices[0].text for piece in pieces) == whole
    echoed = client.completions.create(model=CHAT_MODEL, prompt=QUESTION, echo=True).choices[0].text
    assert echoed == QUESTION + whole, echoed


def embeddings(client):
    texts = ["The harbour master logs every tide.", "Bread rises twice."]
    as_floats = client.embeddings.create(model=EMBEDDING_MODEL, input=texts, encoding_format="float")
    assert [entry.index for entry in as_floats.data] == [0, 1]
    # Without a format the client asks for base64.
    as_base64 = client.embeddings.create(model=EMBEDDING_MODEL, input=texts)
    one = client.embeddings.create(model=EMBEDDING_MODEL, input=texts[0])
    for ours, theirs in zip(as_floats.data, as_base64.data, strict=True):
        assert len(ours.embedding) == 1024
        assert math.isclose(math.hypot(*ours.embedding), 1.0, abs_tol=1e-5)
        assert max(abs(a - b) for a, b in zip(ours.embedding, theirs.embedding, strict=True)) < 1e-6
    assert one.data[0].embedding == as_base64.data[0].embedding
    assert as_floats.usage.prompt_tokens > 0


def images(client):
    pictures = client.images.generate(model=IMAGE_MODEL, prompt="A lighthouse", n=2, size="1024x1024").data
    assert len(pictures) == 2
    assert base64.b64decode(pictures[0].b64_json).startswith(b"\x89PNG")


def errors(client):
    for expected, call in [
        (openai.AuthenticationError, lambda: client.with_options(api_key="wrong").models.list()),
        (openai.NotFoundError, lambda: client.chat.completions.create(model="no-such-model", messages=MESSAGES)),
        (openai.BadRequestError, lambda: client.chat.completions.create(model=CHAT_MODEL, messages=[])),
    ]:
        try:
            call()
        except expected:
            continue
        raise AssertionError(f"no {expected.__name__}")


if __name__ == "__main__":
    sys.exit(checks.run((models, chat, chat_stream, completions, embeddings, images, errors), *sys.argv[1:3]))
