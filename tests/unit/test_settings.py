"""What the surroundings say: the command line over the environment over the default."""

from pathlib import Path

from workloom.settings import read_settings


def test_the_command_line_goes_before_the_environment() -> None:
    environment = {"WORKLOOM_DATA": "/of/environment", "WORKLOOM_SERVER": "https://env.example"}
    given = read_settings(environment, data="/of/line", server="https://line.example")
    assert given.data == Path("/of/line")
    assert given.servers == ("https://line.example",)
    assert read_settings(environment).servers == ("https://env.example",)
    assert read_settings(environment).data == Path("/of/environment")


def test_servers_are_separated_by_commas_and_none_means_this_process() -> None:
    assert read_settings({"WORKLOOM_SERVER": " https://a.example, https://b.example ,"}).servers == (
        "https://a.example",
        "https://b.example",
    )
    assert read_settings({}).servers == ()
