"""The official Python client of the Model Context Protocol against Footnote's server, as a host uses it.

    python mcp_client.py stdio COMMAND
    python mcp_client.py http URL TOKEN

The library holds light.md, of which the harbour light was first lit in October 1871, and two more documents. Ends with
status 1 and a line for each check that failed.
"""

import asyncio
import os
import sys

import httpx2
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.exceptions import MCPError

QUESTION = "When was the harbour light first lit?"


async def tells_of_itself(client):
    assert client.server_info.name == "footnote", client.server_info
    assert "data" in client.instructions
    tools = {tool.name: tool for tool in (await client.list_tools()).tools}
    assert sorted(tools) == ["ask", "list_documents", "read_page", "search_documents"], sorted(tools)
    for tool in tools.values():
        assert tool.annotations.read_only_hint and tool.description and tool.output_schema, tool
        described = tool.input_schema["properties"].values()
        assert all("description" in parameter for parameter in described), tool.input_schema


async def searches(client):
    result = await client.call_tool("search_documents", {"query": "harbour light", "limit": 2})
    found = result.structured_content
    best = found["passages"][0]
    assert best["document"].endswith("light.md") and best["first_page"] == 1, best
    assert "October 1871" in best["quote"] and best["link"].startswith("footnote:///"), best
    assert "Searched 3 of 3 files" in found["searched"], found
    nowhere = await client.call_tool("search_documents", {"query": "light", "document": "gone.pdf"})
    assert nowhere.is_error and "gone.pdf" in nowhere.content[0].text, nowhere


async def reads_a_page(client):
    result = await client.call_tool("read_page", {"document": "light.md", "page": 1})
    page = result.structured_content
    assert "colza oil" in page["text"] and page["pages"] == 1, page
    by_path = await client.call_tool("read_page", {"document": page["document"], "page": 1})
    assert by_path.structured_content == page
    for wrong in [{"document": "light.md", "page": 9}, {"document": "/etc/passwd", "page": 1}]:
        refused = await client.call_tool("read_page", wrong)
        assert refused.is_error, refused


async def lists_documents(client):
    listed = (await client.call_tool("list_documents", {})).structured_content
    assert listed["total"] == 3 and "next" not in listed, listed
    one = (await client.call_tool("list_documents", {"containing": "LIGHT"})).structured_content
    assert [document["pages"] for document in one["documents"]] == [1], one


async def asks(client):
    told = []

    async def progress(progress, total, message):
        told.append((progress, message))

    result = await client.call_tool("ask", {"question": QUESTION}, progress_callback=progress)
    answer = result.structured_content
    assert "1871" in answer["answer"] and not answer["not_in_documents"], answer
    citation = answer["citations"][0]
    assert citation["document"].endswith("light.md") and citation["page"] == 1, citation
    assert "October 1871" in citation["quote"] and "page=1" in citation["link"], citation
    assert not citation["alarm"] and citation["facts"][0]["stands"] == "in the quote", citation
    assert told and told[0][1] == "Searching the documents", told
    assert [step for step, _ in told] == sorted({step for step, _ in told}), told
    nothing = await client.call_tool("ask", {"question": "Which Byzantine emperor was crowned in Ravenna?"})
    refused = nothing.structured_content
    assert refused["not_in_documents"] and not refused["citations"] and refused["note"], refused


async def reads_resources(client):
    resources = (await client.list_resources()).resources
    light = next(resource for resource in resources if resource.name == "light.md")
    whole = (await client.read_resource(light.uri)).contents
    page = (await client.read_resource(f"{light.uri}?page=1")).contents
    assert whole == page and "October 1871" in page[0].text, whole
    templates = (await client.list_resource_templates()).resource_templates
    assert templates[0].uri_template == "footnote://{+path}{?page}", templates
    for uri in ["footnote:///etc/passwd", "file:///etc/passwd", f"{light.uri}?page=2"]:
        try:
            await client.read_resource(uri)
        except MCPError as error:
            assert error.message, uri
        else:
            raise AssertionError(f"{uri} was read")


CHECKS = (tells_of_itself, searches, reads_a_page, lists_documents, asks, reads_resources)


def server(kind, where, token=None):
    if kind == "stdio":
        return StdioServerParameters(command=where, args=["mcp"], env=dict(os.environ))
    http = httpx2.AsyncClient(headers={"Authorization": f"Bearer {token}"}, timeout=30)
    return streamable_http_client(where, http_client=http)


async def run(arguments):
    failed = False
    for mode in ("legacy", "auto"):
        async with Client(server(*arguments), mode=mode, read_timeout_seconds=60) as client:
            for check in CHECKS:
                try:
                    await check(client)
                    print(f"ok      {mode} {check.__name__}")
                except Exception as error:  # every check is to be tried
                    failed = True
                    print(f"FAILED  {mode} {check.__name__}: {type(error).__name__}: {error}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(run(sys.argv[1:])))
