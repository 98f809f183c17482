"""The record of promises."""
