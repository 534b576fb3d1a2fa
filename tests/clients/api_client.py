"""The official OpenAI client against Footnote's API.

    python api_client.py BASE_URL TOKEN

The library holds light.md, of which the harbour light was first lit in October 1871, and two more documents. Ends with
status 1 and a line for each check that failed.
"""

import sys

import checks
import openai

QUESTION = {"role": "user", "content": "When was the harbour light first lit?"}
NOWHERE = {"role": "user", "content": "Which Byzantine emperor was crowned in Ravenna?"}


def models(client):
    assert [model.id for model in client.models.list().data] == ["footnote"]
    assert client.models.retrieve("footnote").owned_by == "footnote"


def answer(client):
    completion = client.chat.completions.create(model="footnote", messages=[QUESTION])
    choice = completion.choices[0]
    assert choice.finish_reason == "stop" and choice.message.role == "assistant"
    text, sources = choice.message.content.split("\n\nSources:\n")
    assert "1871" in text and "[1]" in text, text
    assert sources.startswith("- [1] ") and "page 1" in sources and "<footnote:///" in sources, sources
    assert completion.usage.total_tokens >= 0
    checked = completion.model_extra["footnote"]
    citation = checked["citations"][0]
    assert citation["document"].endswith("light.md") and "October 1871" in citation["quote"], citation
    assert citation["facts"]["items"][0]["place"] == "quote" and citation["link"].startswith("footnote:///"), citation
    assert checked["coverage"]["searched"] == 3 and not checked["not_in_documents"], checked


def answer_streamed(client):
    chunks = list(
        client.chat.completions.create(
            model="footnote", messages=[QUESTION], stream=True, stream_options={"include_usage": True}
        )
    )
    text = "".join(choice.delta.content or "" for chunk in chunks for choice in chunk.choices)
    whole = client.chat.completions.create(model="footnote", messages=[QUESTION]).choices[0].message.content
    assert text == whole, (text, whole)
    assert chunks[0].choices[0].delta.role == "assistant"
    assert chunks[-1].choices == [] and chunks[-1].usage is not None
    last = chunks[-2]
    assert last.choices[0].finish_reason == "stop" and last.model_extra["footnote"]["citations"], last


def no_answer(client):
    completion = client.chat.completions.create(model="footnote", messages=[NOWHERE])
    assert completion.choices[0].message.content.startswith("Not in your documents."), completion
    assert completion.model_extra["footnote"]["not_in_documents"], completion
    chunks = client.chat.completions.create(model="footnote", messages=[NOWHERE], stream=True)
    text = "".join(choice.delta.content or "" for chunk in chunks for choice in chunk.choices)
    assert text == completion.choices[0].message.content, text


def follow_up(client):
    first = client.chat.completions.create(model="footnote", messages=[QUESTION]).choices[0].message
    messages = [
        {"role": "system", "content": "Be brief."},
        QUESTION,
        {"role": "assistant", "content": first.content},
        {"role": "user", "content": [{"type": "text", "text": "What did the new gauge cost in 2018?"}]},
    ]
    completion = client.chat.completions.create(model="footnote", messages=messages)
    assert "1,577" in completion.choices[0].message.content, completion


def narrowed(client):
    where = {"footnote": {"document": "tides.md"}}
    completion = client.chat.completions.create(model="footnote", messages=[QUESTION], extra_body=where)
    assert "1871" not in completion.choices[0].message.content, completion
    assert completion.model_extra["footnote"]["coverage"]["searched"] == 1


def search(client):
    found = client.post("/search", body={"query": "harbour light", "limit": 2}, cast_to=object)
    best = found["passages"][0]
    assert best["document"].endswith("light.md") and best["page_first"] == 1, best
    assert "October 1871" in best["text"] and best["link"].startswith("footnote:///"), best


def errors(client):
    picture = {"type": "image_url", "image_url": {"url": "data:image/png;base64,"}}
    nowhere = {"footnote": {"document": "gone.pdf"}}

    def ask(messages, **options):
        return lambda: client.chat.completions.create(messages=messages, **{"model": "footnote", **options})

    for expected, call in [
        (openai.AuthenticationError, lambda: client.with_options(api_key="wrong").models.list()),
        (openai.NotFoundError, ask([QUESTION], model="gpt-4o")),
        (openai.NotFoundError, lambda: client.models.retrieve("gpt-4o")),
        (openai.NotFoundError, lambda: client.embeddings.create(model="footnote", input="tides")),
        (openai.BadRequestError, ask([])),
        (openai.BadRequestError, ask([{"role": "user", "content": " "}])),
        (openai.BadRequestError, ask([{"role": "user", "content": [picture]}])),
        (openai.BadRequestError, ask([QUESTION], n=2)),
        (openai.BadRequestError, ask([QUESTION], extra_body=nowhere)),
        (openai.BadRequestError, ask([QUESTION], extra_body=nowhere, stream=True)),
        (openai.UnprocessableEntityError, ask([QUESTION], stream="perhaps")),
    ]:
        try:
            call()
        except expected as error:
            assert error.body["message"] and error.body["type"] == "invalid_request_error", error.body
            continue
        raise AssertionError(f"no {expected.__name__}")


CHECKS = (models, answer, answer_streamed, no_answer, follow_up, narrowed, search, errors)


if __name__ == "__main__":
    sys.exit(checks.run(CHECKS, *sys.argv[1:3]))
