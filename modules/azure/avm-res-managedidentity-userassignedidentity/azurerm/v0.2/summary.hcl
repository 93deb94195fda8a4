versions  = ">= 0.2.0, < 0.4.0"
providers = ["azurerm", "azapi"]
complete  = ["azurerm_user_assigned_identity", "azurerm_federated_identity_credential", "azurerm_role_assignment", "azurerm_pim_active_role_assignment"]
