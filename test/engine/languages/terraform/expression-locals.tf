# What the cases of expressions speak of.
locals {
  list    = ["a", "b", "c"]
  numbers = [3, 1, 2]
  empty   = []
  map     = { b = "two", a = "one" }
  objects = [{ name = "x", size = 1, tags = ["p"] }, { name = "y", size = 2, tags = [] }]
  nested  = { green = { on = false, ports = [] }, blue = { on = true, ports = [80, 443] } }
  none    = null
  text    = "hello"
  set     = toset(["r", "q"])
  number  = 5
  flag    = true
  mixed   = [1, "two", true, null]
}
