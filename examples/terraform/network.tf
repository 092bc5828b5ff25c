resource "azurerm_resource_group" "warehouse" {
  name     = "harbour-warehouse"
  location = var.location
}

resource "azurerm_virtual_network" "warehouse" {
  name                = "warehouse"
  resource_group_name = azurerm_resource_group.warehouse.name
  location            = azurerm_resource_group.warehouse.location
  address_space       = ["10.20.0.0/16"]
}

resource "azurerm_subnet" "jump" {
  name                 = "jump"
  resource_group_name  = azurerm_resource_group.warehouse.name
  virtual_network_name = azurerm_virtual_network.warehouse.name
  address_prefixes     = ["10.20.1.0/24"]
}

resource "azurerm_network_security_group" "jump" {
  name                = "jump"
  resource_group_name = azurerm_resource_group.warehouse.name
  location            = azurerm_resource_group.warehouse.location

  dynamic "security_rule" {
    for_each = var.management_ports

    content {
      name                       = "allow-${security_rule.key}"
      priority                   = 100
      direction                  = "Inbound"
      access                     = "Allow"
      protocol                   = "Tcp"
      source_port_range          = "*"
      source_address_prefixes    = var.management_sources
      destination_port_range     = security_rule.value
      destination_address_prefix = "*"
    }
  }
}

resource "azurerm_subnet_network_security_group_association" "jump" {
  subnet_id                 = azurerm_subnet.jump.id
  network_security_group_id = azurerm_network_security_group.jump.id
}
