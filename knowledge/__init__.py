"""The content: articles, the register of clusters, the glossary and the golden questions."""
