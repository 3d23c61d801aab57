"""Where lists come from: files, standard input, addresses; read line by line, never held."""
