"""The desk to play with: `copydesk run` between both doubles, and a page that shows what they recorded."""
