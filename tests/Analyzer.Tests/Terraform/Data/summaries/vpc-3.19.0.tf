module "plain" {
  source  = "terraform-aws-modules/vpc/aws"
  version = "3.19.0"

  name            = "shop"
  azs             = ["eu-west-1a", "eu-west-1b"]
  private_subnets = ["10.0.1.0/24", "10.0.2.0/24"]
  public_subnets  = ["10.0.101.0/24", "10.0.102.0/24"]
  intra_subnets   = ["10.0.201.0/24"]
}

module "full" {
  source  = "terraform-aws-modules/vpc/aws"
  version = "3.19.0"

  name                               = "shop"
  cidr                               = "10.0.0.0/16"
  secondary_cidr_blocks              = ["10.1.0.0/16"]
  azs                                = ["eu-west-1a", "eu-west-1b"]
  private_subnets                    = ["10.0.1.0/24", "10.0.2.0/24"]
  public_subnets                     = ["10.0.101.0/24", "10.0.102.0/24"]
  intra_subnets                      = ["10.0.201.0/24"]
  database_subnets                   = ["10.0.211.0/24", "10.0.212.0/24", "10.0.213.0/24"]
  elasticache_subnets                = ["10.0.221.0/24"]
  redshift_subnets                   = ["10.0.231.0/24"]
  enable_nat_gateway                 = true
  one_nat_gateway_per_az             = true
  enable_vpn_gateway                 = true
  propagate_private_route_tables_vgw = true
  create_database_subnet_route_table = true
  create_database_nat_gateway_route  = true
  enable_dns_hostnames               = true
  enable_dns_support                 = true
  enable_ipv6                        = true
  manage_default_route_table         = true
  default_route_table_routes         = [{ cidr_block = "0.0.0.0/0", gateway_id = "igw-1" }]
  manage_default_security_group      = true
  default_security_group_ingress     = [{ protocol = "tcp", from_port = 443, to_port = 443, cidr_blocks = "10.0.0.0/16,10.1.0.0/16" }]
  default_security_group_egress      = [{ self = true }]
}

module "single" {
  source  = "terraform-aws-modules/vpc/aws"
  version = "3.19.0"

  name               = "shop"
  azs                = ["eu-west-1a", "eu-west-1b"]
  private_subnets    = ["10.0.1.0/24", "10.0.2.0/24"]
  public_subnets     = ["10.0.101.0/24"]
  enable_nat_gateway = true
  single_nat_gateway = true
}

module "none" {
  source     = "terraform-aws-modules/vpc/aws"
  version    = "3.19.0"
  create_vpc = false
}

module "databases" {
  source  = "terraform-aws-modules/vpc/aws"
  version = "3.19.0"

  azs              = ["eu-west-1a", "eu-west-1b"]
  database_subnets = ["10.0.211.0/24", "10.0.212.0/24"]

  create_database_subnet_route_table     = true
  create_database_internet_gateway_route = true
}

module "endpoints" {
  source  = "terraform-aws-modules/vpc/aws//modules/vpc-endpoints"
  version = "3.19.0"

  vpc_id             = module.plain.vpc_id
  security_group_ids = ["sg-1"]
  subnet_ids         = module.plain.private_subnets

  endpoints = {
    s3 = {
      service         = "s3"
      service_type    = "Gateway"
      route_table_ids = module.plain.private_route_table_ids
    }
    ecr_api = {
      service             = "ecr.api"
      private_dns_enabled = true
    }
    ecr_dkr = {
      service            = "ecr.dkr"
      security_group_ids = ["sg-2"]
    }
  }
}
