"""A pipeline that is compiled here."""

from kfp import dsl


@dsl.component(base_image="python:3.12", install_kfp_package=False)
def say(word: str) -> str:
    return word


@dsl.pipeline(name="quick-python")
def quick_python(word: str) -> str:
    return say(word=word).output
