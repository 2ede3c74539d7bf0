"""The windows: Qt, and nothing but showing and asking. Of db it sees only the lists."""
