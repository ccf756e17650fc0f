"""The index beside a store: the words of every paragraph, and which paragraphs share runs of words.

It is made from the store and from nothing else, says nothing that the store does not say, and can be thrown away at any time. `docs/index.md` weighs
the engines that could hold it.
"""
