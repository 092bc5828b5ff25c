resource "azurerm_public_ip" "jump" {
  name                = "jump"
  resource_group_name = azurerm_resource_group.warehouse.name
  location            = azurerm_resource_group.warehouse.location
  allocation_method   = "Static"
}

resource "azurerm_network_interface" "jump" {
  name                = "jump"
  resource_group_name = azurerm_resource_group.warehouse.name
  location            = azurerm_resource_group.warehouse.location

  ip_configuration {
    name                          = "primary"
    subnet_id                     = azurerm_subnet.jump.id
    private_ip_address_allocation = "Dynamic"
    public_ip_address_id          = azurerm_public_ip.jump.id
  }
}

resource "azurerm_linux_virtual_machine" "jump" {
  name                            = "jump"
  resource_group_name             = azurerm_resource_group.warehouse.name
  location                        = azurerm_resource_group.warehouse.location
  size                            = "Standard_D2s_v5"
  admin_username                  = "harbour"
  admin_password                  = var.admin_password
  disable_password_authentication = false
  network_interface_ids           = [azurerm_network_interface.jump.id]

  os_disk {
    caching              = "ReadWrite"
    storage_account_type = "Premium_LRS"
  }

  source_image_reference {
    publisher = "Canonical"
    offer     = "ubuntu-24_04-lts"
    sku       = "server"
    version   = "latest"
  }
}

resource "azurerm_storage_account" "documents" {
  for_each = var.document_stores

  name                            = "harbour${each.key}"
  resource_group_name             = azurerm_resource_group.warehouse.name
  location                        = azurerm_resource_group.warehouse.location
  account_tier                    = "Standard"
  account_replication_type        = "ZRS"
  https_traffic_only_enabled      = each.value.https_only
  allow_nested_items_to_be_public = false
}

resource "azurerm_storage_account_network_rules" "documents" {
  for_each = azurerm_storage_account.documents

  storage_account_id = each.value.id
  default_action     = "Allow"
}

module "portal" {
  source = "./modules/web"

  name                = "harbour-portal"
  resource_group_name = azurerm_resource_group.warehouse.name
  location            = azurerm_resource_group.warehouse.location
  minimum_tls_version = "1.1"
}
